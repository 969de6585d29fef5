-- What a sign-in has shown: level, methods and proofs, as one text. NULL = begun before it was remembered.
ALTER TABLE family ADD COLUMN assurance TEXT;

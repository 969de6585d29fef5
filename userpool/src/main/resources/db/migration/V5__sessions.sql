-- Where session tracking is on, a family is a token session too (new-2026.md §1). Null in all five where it is not.
-- Times are milliseconds since the epoch.
ALTER TABLE family ADD COLUMN session_id ${text};
ALTER TABLE family ADD COLUMN session_created BIGINT;
ALTER TABLE family ADD COLUMN last_active BIGINT;  -- of the last sign-in, refresh or rotation
ALTER TABLE family ADD COLUMN device_type TEXT;    -- what the user agent told then
ALTER TABLE family ADD COLUMN last_address TEXT;   -- where it came from then

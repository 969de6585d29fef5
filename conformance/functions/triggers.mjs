// Handlers as they would run on Lambda; conformance tests declare them as local functions and behind the Invoke API.
import { appendFile } from 'node:fs/promises';
import { CommitmentPolicy, KmsKeyringNode, buildClient } from '@aws-crypto/client-node';

/** Notes the event, refuses one domain, and confirms everybody else. */
export async function recorder(event, context) {
  await appendFile(process.env.RECORD, JSON.stringify({ event, arn: context.invokedFunctionArn }) + '\n');
  if (event.triggerSource.startsWith('PreSignUp')) {
    if (event.request.userAttributes.email.endsWith('@refused.example')) {
      throw new Error('Not allowed');
    }
    event.response.autoConfirmUser = true;
  }
  return event;
}

const { decrypt } = buildClient(CommitmentPolicy.REQUIRE_ENCRYPT_ALLOW_DECRYPT);

/** Decrypts the code as the vendor's sample does, and notes it in place of a message. */
export async function sender(event) {
  const keyring = new KmsKeyringNode({ generatorKeyId: process.env.KEY_ARN, keyIds: [process.env.KEY_ARN] });
  const { plaintext, messageHeader } = await decrypt(keyring, Buffer.from(event.request.code, 'base64'));
  await appendFile(
    process.env.RECORD,
    JSON.stringify({
      source: event.triggerSource,
      type: event.request.type,
      code: plaintext.toString(),
      context: messageHeader.encryptionContext,
    }) + '\n',
  );
}

import { formatName, type NameForm, nameValue, parseCertificate } from '@scel/pki/x509'
import { numberOf } from '../../identities/chosen-identity.ts'
import { copyToClipboard } from '../../ui/clipboard.ts'
import { EXIT, type ExitCode } from '../../ui/exit-code.ts'
import { plain } from '../../ui/plain.ts'
import { type Command, ENVIRONMENT_OPTION } from '../input/command.ts'
import type { Given } from '../input/given.ts'
import { ownIdentity } from '../input/identity-meant.ts'
import type { Keys } from '../input/keys.ts'
import type { State } from '../input/session.ts'
import type { Shell } from '../input/shell.ts'

const FORMS: readonly NameForm[] = ['rfc4514', 'openssl', 'windows']

/** `scel subject`: the subject name in the form that other systems expect (E8). */
export const subject: Command = {
  arguments: [{ name: 'value_name', help: 'identity_which', required: false }],
  options: [
    { name: 'format', help: 'subject_format', value: 'value_form', choices: FORMS, default: 'rfc4514' },
    { name: 'copy', help: 'subject_copy' },
    ENVIRONMENT_OPTION,
  ],
  run: runSubject,
}

async function runSubject(session: Shell & State & Keys, given: Given): Promise<ExitCode> {
  const { voice, outside } = session
  const { desk, identity } = await ownIdentity(session, given.text('environment'), given.argument(0))
  const number = desk && numberOf(desk, identity.key)
  const { subject: name, serialHex } = parseCertificate(identity.certificate)
  const format = FORMS.find((form) => form === given.text('format')) ?? 'rfc4514'
  const text = formatName(name, format)
  const line = plain(text)
  voice.result(
    {
      subject: text,
      format,
      forms: Object.fromEntries(FORMS.map((form) => [form, formatName(name, form)])),
      commonName: nameValue(name, 'commonName'),
      serial: serialHex,
      ...(number === undefined ? {} : { request: number }),
    },
    () => [line],
  )
  if (given.flag('copy')) {
    await copyToClipboard(line, outside) // what was seen: a line end in a name would end a line where it is pasted
    voice.say('subject_copied')
  }
  return EXIT.done
}

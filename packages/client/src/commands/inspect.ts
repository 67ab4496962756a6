import { jsonOf } from '../inspect/json.ts'
import { type ObjectFacts, objectLines } from '../inspect/words.ts'
import { objectsIn } from '../objects/index.ts'
import { stop } from '../ui/cli-error.ts'
import { EXIT, type ExitCode } from '../ui/exit-code.ts'
import type { Command } from './command.ts'
import { factsOf } from './facts-of.ts'
import type { Given } from './given.ts'
import { readInput } from './input.ts'
import { PKCS12_OPTIONS } from './open-pkcs12.ts'
import { PASSPHRASE_OPTION } from './passphrase.ts'
import type { Session } from './session.ts'

/** `scel inspect`: what a certificate, a key, a list or any of their like says, in words. */
export const inspect: Command = {
  arguments: [{ name: 'value_file', help: 'inspect_file', required: true }],
  options: [PASSPHRASE_OPTION, ...PKCS12_OPTIONS],
  run: runInspect,
}

async function runInspect(session: Session, given: Given): Promise<ExitCode> {
  const { voice, outside } = session
  const file = given.argument(0) ?? stop('argument_missing', { argument: 'FILE' })
  const content = await readInput(session, file)
  const found = content.length > 0 ? objectsIn(content) : []
  if (!found.some(({ kind }) => kind !== 'other')) stop('nothing_to_inspect', { file })
  const now = outside.now()
  const objects: ObjectFacts[] = []
  for (const one of found) objects.push(await factsOf(session, given, file, one))
  voice.result({ objects: jsonOf(objects) }, () =>
    objects.flatMap((facts, index) => [...(index > 0 ? [''] : []), ...objectLines(facts, voice, now)]),
  )
  return EXIT.done
}

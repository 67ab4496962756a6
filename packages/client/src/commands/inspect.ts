import { jsonOf } from '../inspect/json.ts'
import { type ObjectFacts, objectLines } from '../inspect/words.ts'
import { objectsIn } from '../objects/index.ts'
import { stop } from '../ui/cli-error.ts'
import { EXIT, type ExitCode } from '../ui/exit-code.ts'
import { progressBar } from '../ui/progress.ts'
import type { Command } from './command.ts'
import { cmsFacts, factsOf } from './facts-of.ts'
import type { Given } from './given.ts'
import { type CmsInput, readInputOrCms } from './input.ts'
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
  const content = await readInputOrCms(session, file)
  const objects = 'source' in content ? [await passing(session, content)] : await atHand(session, given, file, content)
  const now = outside.now()
  voice.result({ objects: jsonOf(objects) }, () =>
    objects.flatMap((facts, index) => [...(index > 0 ? [''] : []), ...objectLines(facts, voice, now)]),
  )
  if (objects.some(({ kind }) => kind === 'signed')) voice.hint(voice.text('inspect_signed_hint', { file }))
  if (objects.some(isOurs)) voice.hint(voice.text('inspect_sealed_hint', { file }))
  return EXIT.done
}

async function atHand(session: Session, given: Given, file: string, content: Uint8Array): Promise<ObjectFacts[]> {
  const found = content.length > 0 ? objectsIn(content) : []
  if (!found.some(({ kind }) => kind !== 'other')) stop('nothing_to_inspect', { file })
  const objects: ObjectFacts[] = []
  for (const one of found) objects.push(await factsOf(session, given, file, one))
  return objects
}

/** Signatures stand at the end, and a long file takes its time. */
async function passing(session: Session, { kind, source, length }: CmsInput): Promise<ObjectFacts> {
  const bar = progressBar(session.outside, session.voice, length)
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const bytes of source) {
      bar.add(bytes.length)
      yield bytes
    }
  }
  try {
    return await cmsFacts(session, { kind, source: counted() })
  } finally {
    bar.end()
  }
}

const isOurs = (facts: ObjectFacts): boolean =>
  facts.kind === 'sealed' && facts.recipients.some(({ own }) => own !== undefined)

import { objectsIn } from '@scel/files/objects'
import { jsonOf } from '../../inspect/json.ts'
import { type ObjectFacts, objectLines } from '../../inspect/words.ts'
import { CliError, stop } from '../../ui/cli-error.ts'
import { EXIT, type ExitCode } from '../../ui/exit-code.ts'
import { progressBar } from '../../ui/progress.ts'
import type { Command } from '../input/command.ts'
import type { Given } from '../input/given.ts'
import { type CmsInput, readInputOrCms } from '../input/input.ts'
import type { Keys } from '../input/keys.ts'
import { PKCS12_OPTIONS } from '../input/open-pkcs12.ts'
import { PASSPHRASE_OPTION } from '../input/passphrase.ts'
import type { Shell } from '../input/shell.ts'
import { cmsFacts, factsOf } from './facts-of.ts'

/** `scel inspect`: what a certificate, a key, a list or any of their like says, in words. */
export const inspect: Command = {
  arguments: [{ name: 'value_file', help: 'inspect_file', required: true }],
  options: [PASSPHRASE_OPTION, ...PKCS12_OPTIONS],
  run: runInspect,
}

async function runInspect(session: Shell & Keys, given: Given): Promise<ExitCode> {
  const { voice, outside } = session
  const file = given.argument(0) ?? stop('argument_missing', { argument: 'FILE' })
  const content = await readInputOrCms(session, file)
  const objects = 'source' in content ? passing(session, content) : atHand(session, given, file, content)
  const now = outside.now()
  const result = voice.list('objects', outside.write)
  let [signed, ours] = [false, false]
  try {
    for await (const facts of objects) {
      await result.item(jsonOf(facts), (index) => [...(index > 0 ? [''] : []), ...objectLines(facts, voice, now)])
      signed ||= facts.kind === 'signed'
      ours ||= isOurs(facts)
    }
  } catch (error) {
    return await result.broken(outside.signal.aborted ? new CliError('interrupted', {}, error) : error)
  }
  await result.end()
  if (signed) voice.hint(voice.text('inspect_signed_hint', { file }))
  if (ours) voice.hint(voice.text('inspect_sealed_hint', { file }))
  return EXIT.done
}

/** One after the other: what is said of a certificate takes fifty times the room of its bytes, and a file may hold thousands. */
async function* atHand(
  session: Shell & Keys,
  given: Given,
  file: string,
  content: Uint8Array,
): AsyncGenerator<ObjectFacts, void, undefined> {
  const found = content.length > 0 ? objectsIn(content) : []
  if (!found.some(({ kind }) => kind !== 'other')) stop('nothing_to_inspect', { file })
  for (const one of found) {
    session.checkpoint()
    yield await factsOf(session, given, file, one)
  }
}

/** Signatures stand at the end, and a long file takes its time. */
async function* passing(
  session: Shell & Keys,
  { kind, source, length }: CmsInput,
): AsyncGenerator<ObjectFacts, void, undefined> {
  const bar = progressBar(session.outside, session.voice, length)
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const bytes of source) {
      bar.add(bytes.length)
      yield bytes
    }
  }
  try {
    yield await cmsFacts(session, { kind, source: counted() })
  } finally {
    bar.end()
  }
}

const isOurs = (facts: ObjectFacts): boolean =>
  facts.kind === 'sealed' && facts.recipients.some(({ own }) => own !== undefined)

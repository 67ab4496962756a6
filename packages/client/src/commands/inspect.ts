import { certificateFacts } from '../inspect/certificate.ts'
import { crlFacts } from '../inspect/crl.ts'
import { type Found, objectsIn } from '../inspect/objects.ts'
import { requestFacts } from '../inspect/request.ts'
import { type ObjectFacts, objectLines } from '../inspect/words.ts'
import { readLimited } from '../state/files.ts'
import { stop } from '../ui/cli-error.ts'
import { EXIT, type ExitCode } from '../ui/exit-code.ts'
import type { Command } from './command.ts'
import type { Given } from './given.ts'
import type { Session } from './session.ts'

/** `scel inspect`: what a certificate, a request or a revocation list says, in words. */
export const inspect: Command = {
  name: 'inspect',
  help: 'inspect',
  arguments: [{ name: 'value_file', help: 'inspect_file', required: true }],
  options: [],
  run: runInspect,
}

async function runInspect(session: Session, given: Given): Promise<ExitCode> {
  const { voice, outside } = session
  const file = given.argument(0) ?? stop('argument_missing', { argument: 'FILE' })
  const content = file === '-' ? await readStandardInput(session) : await readLimited(file, LIMIT)
  const found = content.length > 0 ? objectsIn(content) : []
  if (!found.some(({ kind }) => kind !== 'other')) stop('nothing_to_inspect', { file })
  const now = outside.now()
  const objects: ObjectFacts[] = []
  for (const one of found) objects.push(await factsOf(one, now))
  voice.result({ objects }, () =>
    objects.flatMap((facts, index) => [...(index > 0 ? [''] : []), ...objectLines(facts, voice, now)]),
  )
  return EXIT.done
}

async function factsOf(found: Found, now: Date): Promise<ObjectFacts> {
  switch (found.kind) {
    case 'certificate':
      return certificateFacts(found.der, now)
    case 'request':
      return requestFacts(found.der)
    case 'crl':
      return crlFacts(found.der, now)
    default:
      return found
  }
}

async function readStandardInput({ outside }: Session): Promise<Uint8Array> {
  try {
    return await outside.readInput(LIMIT)
  } catch (error) {
    if (error instanceof RangeError) return stop('file_too_large', { file: '-', limit: LIMIT })
    throw error
  }
}

// The revocation list of a large authority, as PEM.
const LIMIT = 64 * 1024 * 1024

import { objectsIn } from '@scel/files/objects'
import { jsonOf } from '../../inspect/json.ts'
import { requestFacts } from '../../inspect/request.ts'
import { objectLines } from '../../inspect/words.ts'
import { stop } from '../../ui/cli-error.ts'
import { EXIT, type ExitCode } from '../../ui/exit-code.ts'
import type { Command } from '../input/command.ts'
import type { Given } from '../input/given.ts'
import { readInput } from '../input/input.ts'
import type { Shell } from '../input/shell.ts'

/** `scel csr show`: a request in words, and whether its key signed it. */
export const csrShow: Command = {
  arguments: [{ name: 'value_file', help: 'csr_file', required: true }],
  options: [],
  run: runShow,
}

async function runShow(shell: Shell, given: Given): Promise<ExitCode> {
  const { voice, outside } = shell
  const file = given.argument(0) ?? stop('argument_missing', { argument: 'FILE' })
  const content = await readInput(shell, file)
  const found = content.length > 0 ? objectsIn(content).find(({ kind }) => kind === 'request') : undefined
  if (found?.kind !== 'request') return stop('request_missing', { file })
  const facts = await requestFacts(found.der)
  voice.result(jsonOf(facts), () => objectLines(facts, voice, outside.now()))
  return facts.signatureGood === true ? EXIT.done : EXIT.failed
}

// The process that holds a module: one message in, one call, one message out. It ends when whoever started it is gone, at once
// and without the module's leave, which may hang.

import { createHolder, HolderFault } from './holder.ts'
import { ModuleFault } from './library.ts'
import type { CallMessage, CallName, Fault, ReplyMessage } from './protocol.ts'

const holder = createHolder()
let turn: Promise<void> = Promise.resolve()

process.on('message', (asked: CallMessage) => {
  turn = turn.then(() => answer(asked))
})
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
// Ctrl+C and a stop of the service reach all processes of a group: what is under way needs its signatures still.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})

async function answer({ id, call, input }: CallMessage): Promise<void> {
  const act = holder[call] as (input: unknown) => Promise<unknown>
  const answered: ReplyMessage = await act(input).then(
    (output) => ({ id, output }),
    (error: unknown) => ({ id, fault: faultOf(call, error) }),
  )
  if (process.connected) process.send!(answered)
}

function faultOf(call: CallName, error: unknown): Fault {
  if (error instanceof HolderFault) return error.fault
  if (error instanceof ModuleFault) return { kind: 'rv', rv: error.rv, what: error.message }
  return { kind: 'other', what: `${call}: ${error instanceof Error ? error.message.slice(0, 200) : 'unknown'}` }
}

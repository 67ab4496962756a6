import { parentPort, workerData } from 'node:worker_threads'
import { absenceOf } from '../token/key.ts'
import { openToken } from '../token/token.ts'
import { ABSENCES, DONE, FAILED, HEAD, type SignNowRequest, type TlsKeyOptions } from './tls-key.ts'

// The thread that asks the token while the one with the handshake waits.

const { options, shared } = workerData as { readonly options: TlsKeyOptions; readonly shared: SharedArrayBuffer }
const { name, module, token: wanted, pin, id } = options
const token = openToken({
  ...{ name, module, token: wanted },
  // A copy for each time: whoever logs in wipes what it was given.
  ...(pin && { pin: async () => Buffer.from(pin) }),
})
const state = new Int32Array(shared, 0, 2)

parentPort!.on('message', async ({ how, data }: SignNowRequest) => {
  try {
    const key = await token.key({ id })
    const signature = await key.signPrepared!(how, data)
    new Uint8Array(shared, HEAD).set(signature)
    state[1] = signature.length
    Atomics.store(state, 0, DONE)
  } catch (error) {
    state[1] = ABSENCES.indexOf(absenceOf(error) ?? 'failed')
    Atomics.store(state, 0, FAILED)
  }
  Atomics.notify(state, 0)
})

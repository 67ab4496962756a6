// A time-stamp service on this machine: openssl stamps, HTTP carries it (RFC 3161 §3.4).

import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import type { TestContext } from 'node:test'
import { promisify } from 'node:util'
import { makeLeaf } from '@scel/testkit/peers'

/** How it answers: by the book, or with what a test makes of the answer. */
export type Answer = (
  reply: Uint8Array,
  query: Uint8Array,
) => { readonly status?: number; readonly body: Uint8Array | string }

export interface StampService {
  readonly url: string
  /** How many asked. */
  readonly asked: () => number
  answerWith(answer: Answer): void
}

export interface ServiceInput {
  /** @default tsa */
  readonly name?: string
  /** @default 25 */
  readonly days?: number
}

/** Its certificate is issued by `root.pem` of the folder and lies there as `NAME.pem`. */
export async function stampService(
  t: TestContext,
  folder: string,
  { name = 'tsa', days = 25 }: ServiceInput = {},
): Promise<StampService> {
  makeLeaf(folder, { root: 'root', name, extensions: FOR_STAMPS, days: ['-days', String(days)] })
  writeFileSync(join(folder, `${name}.ts.cnf`), configuration(name))
  writeFileSync(join(folder, `${name}.serial`), '01\n')
  let count = 0
  let answer: Answer = (reply) => ({ body: reply })
  const server = createServer(async (request, response) => {
    const query = await buffer(request)
    const [input, output] = [join(folder, `${name}.tsq`), join(folder, `${name}.tsr`)]
    writeFileSync(input, query)
    const args = ['ts', '-reply', '-config', `${name}.ts.cnf`, '-queryfile', input, '-out', output]
    await promisify(execFile)('openssl', args, { cwd: folder })
    count++
    const { status = 200, body } = answer(readFileSync(output), query)
    response.writeHead(status, { 'content-type': 'application/timestamp-reply' }).end(body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/tsp`,
    asked: () => count,
    answerWith(next) {
      answer = next
    },
  }
}

const FOR_STAMPS = 'keyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping'

const configuration = (name: string): string => `[tsa]
default_tsa = service
[service]
serial = ${name}.serial
crypto_device = builtin
signer_cert = ${name}.pem
signer_key = ${name}.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
accuracy = secs:1
tsa_name = yes
ess_cert_id_alg = sha256
`

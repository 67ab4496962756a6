import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { connect, createServer, type TLSSocket } from 'node:tls'
import { pemEncode } from '@scel/pki/bytes'
import { moduleProcesses, softTokens } from '../testing/index.ts'
import { openToken } from '../token/token.ts'
import { parseTokenUri } from '../uri/token-uri.ts'
import { tlsKey } from './index.ts'

test('mutual TLS with a key that stays in its token: both versions, both kinds of key; where the token does not sign, that is told', async (t) => {
  const soft = await softTokens(t)
  if (!soft) return
  const { token: label, modulePath, pinSource } = parseTokenUri(await soft.make('Tls'))
  const token = openToken({
    name: 'tls',
    module: modulePath!,
    token: { token: label! },
    pin: () => readFile(pinSource!),
  })
  t.after(() => token.close())
  const run = (...args: string[]): void => {
    const { status, stderr } = spawnSync('openssl', args, { cwd: soft.folder, encoding: 'utf8' })
    assert.equal(status, 0, stderr)
  }
  const ca = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2']
  run(...ca, '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost')
  const authority = await readFile(join(soft.folder, 'ca.pem'), 'utf8')
  const server = createServer(
    {
      ...{ cert: authority, key: await readFile(join(soft.folder, 'ca.key'), 'utf8'), ca: authority },
      ...{ requestCert: true, rejectUnauthorized: true },
    },
    (socket) => socket.end(`${socket.getPeerCertificate().subject.CN} ${socket.getProtocol()}`),
  )
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  t.after(() => server.close())
  const { port } = server.address() as { port: number }

  for (const spec of ['ec-p256', 'rsa-2048'] as const) {
    const key = await token.generate(spec, { label: spec })
    await writeFile(join(soft.folder, 'pub.pem'), pemEncode('PUBLIC KEY', key.publicKey))
    run('req', '-new', '-key', 'ca.key', '-subj', `/CN=${spec}`, '-out', 'x.csr')
    const sign = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2']
    run('x509', '-req', '-in', 'x.csr', '-force_pubkey', 'pub.pem', ...sign, '-out', 'x.pem')
    const cert = await readFile(join(soft.folder, 'x.pem'), 'utf8')
    const material = tlsKey({
      ...{ name: 'tls', module: modulePath!, token: { token: label! }, pin: await readFile(pinSource!) },
      ...{ id: key.id, publicKey: key.publicKey },
    })
    for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
      const socket: TLSSocket = connect({
        ...{ host: '127.0.0.1', port, servername: 'localhost', ca: authority, cert, ...material },
        ...{ minVersion: version, maxVersion: version },
      })
      let said = ''
      for await (const piece of socket) said += piece
      assert.equal(said, `${spec} ${version}`)
      assert.equal(material.failure(), undefined)
    }
    await soft.takeAway()
    for (const pid of moduleProcesses()) process.kill(pid, 'SIGKILL')
    const socket = connect({ host: '127.0.0.1', port, servername: 'localhost', ca: authority, cert, ...material })
    await assert.rejects(once(socket, 'secureConnect'))
    assert.deepEqual(material.failure()?.facts, { where: 'tls', why: 'absent' })
    await soft.back()
  }
})

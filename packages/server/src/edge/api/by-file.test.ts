import assert from 'node:assert/strict'
import { execFile, execFileSync, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { acceptInvitation, approve, expectOk, furnish, startDesk } from '../../testing/index.ts'

const run = promisify(execFile)
const absent = ['openssl', 'curl'].filter((program) => spawnSync(program, ['--version']).error !== undefined)

test('a server’s request that openssl made is handed in over HTTP, and curl accepts what was downloaded for it', async (t) => {
  if (absent.length > 0) return t.skip(`not on this machine: ${absent.join(', ')}`)
  const folder = mkdtempSync(join(tmpdir(), 'scel-by-file-'))
  const desk = await startDesk()
  t.after(async () => {
    await desk.stop()
    rmSync(folder, { recursive: true, force: true })
  })
  const { administrator, post } = await furnish(desk)
  const host = 'www.post.example'
  const [key, csr] = [join(folder, 'key.pem'), join(folder, 'server.csr')]
  const wishes = [
    '-addext',
    `subjectAltName=DNS:${host},DNS:api.post.example`,
    '-addext',
    'extendedKeyUsage=serverAuth',
  ]
  const made = ['req', '-new', '-newkey', 'rsa:2048', '-nodes', '-subj', `/C=FR/CN=${host}`, ...wishes]
  execFileSync('openssl', [...made, '-keyout', key, '-out', csr], { stdio: 'ignore' })

  const machine = {
    ...{ hostName: host, macAddresses: ['8c:16:45:2f:aa:10'], processor: '', processorId: '' },
    ...{ operatingSystem: 'Debian', operatingSystemVersion: '13', architecture: 'x64' },
  }
  const body = { organisation: post.id, profile: 'server', csr: readFileSync(csr, 'utf8'), machine, contact: {} }
  const { json } = await expectOk(administrator.post('/api/requests', body))
  const { number } = json.request
  const own = await approve(administrator, number)
  assert.deepEqual([own.status, own.json.code], [403, 'own_request'])
  const HOST = { kind: 'desk', name: 'invite-admin' } as const
  const { token } = await desk.core.people.inviteAdministrator(HOST, {
    environment: 'production',
    email: 'b@example.org',
  })
  await expectOk(approve(await acceptInvitation(desk, token), number))

  const { json: issued } = await expectOk(administrator.post(`/api/requests/${number}/download`))
  assert.equal(issued.request.state, 'downloaded')
  const [issuer, root] = issued.chain as [string, string]
  const server = createServer({ key: readFileSync(key), cert: issued.certificate + issuer }, (_, response) =>
    response.end('served'),
  )
  t.after(() => server.close())
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const { port } = server.address() as AddressInfo
  const trusted = join(folder, 'root.pem')
  writeFileSync(trusted, root)
  for (const name of [host, 'api.post.example']) {
    const at = [
      '--silent',
      '--show-error',
      '--noproxy',
      '*',
      '--cacert',
      trusted,
      '--resolve',
      `${name}:${port}:127.0.0.1`,
    ]
    assert.equal((await run('curl', [...at, `https://${name}:${port}/`])).stdout, 'served', name)
  }
})

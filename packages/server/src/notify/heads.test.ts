import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { headAddress, headFolder } from './index.ts'
import { isPublicAddress } from './public-address.ts'

const NOTE = 'pki.example.org/log\n7\n…\n\n— pki.example.org/log …\n'

function folderOf(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'scel-heads-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'heads')
}

test('a folder gets a file a head, and none is written over', async (t) => {
  const folder = folderOf(t)
  const target = headFolder(folder, 'here')
  for (const size of [7, 7, 12]) await target.send({ size, note: NOTE })
  assert.deepEqual(readdirSync(folder), ['head-000000000007.note', 'head-000000000012.note'])
  assert.equal(readFileSync(join(folder, 'head-000000000007.note'), 'utf8'), NOTE)
  await assert.rejects(target.send({ size: 7, note: 'another' }), /is another head/)
  writeFileSync(join(folder, 'file'), '')
  await assert.rejects(headFolder(join(folder, 'file'), 'here').send({ size: 1, note: NOTE }))
})

test('half of a head is finished where it stands; what is no head of ours, or no file, stays as it is', {
  timeout: 30_000,
}, async (t) => {
  const folder = folderOf(t)
  const target = headFolder(folder, 'here')
  await target.send({ size: 1, note: NOTE })
  const file = (size: number): string => join(folder, `head-${String(size).padStart(12, '0')}.note`)
  writeFileSync(file(2), '')
  writeFileSync(file(3), Buffer.from(NOTE).subarray(0, NOTE.indexOf('…') + 1)) // in the midst of a letter
  for (const size of [2, 3]) {
    await target.send({ size, note: NOTE })
    assert.equal(readFileSync(file(size), 'utf8'), NOTE)
  }
  writeFileSync(file(4), `${NOTE} `)
  writeFileSync(join(folder, 'elsewhere'), '')
  symlinkSync('elsewhere', file(5))
  execFileSync('mkfifo', [file(6)])
  for (const size of [4, 5, 6]) await assert.rejects(target.send({ size, note: NOTE }))
  assert.equal(readFileSync(file(4), 'utf8'), `${NOTE} `)
  assert.equal(readFileSync(join(folder, 'elsewhere'), 'utf8'), '')
})

test('an address that wants another protocol, or ends the connection, gives no receipt', {
  timeout: 30_000,
}, async (t) => {
  let answer = ''
  const server = createServer(({ socket }) => void (answer ? socket.write(answer) : socket.destroy()))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  t.after(() => server.close())
  const target = headAddress(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, 'any')
  await assert.rejects(target.send({ size: 7, note: NOTE }))
  answer = 'HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n'
  await assert.rejects(target.send({ size: 7, note: NOTE }), /answered 101/)
})

test('an address gets the head as text, and no answer but a receipt counts', async (t) => {
  const got: [string, string | undefined, string][] = []
  let status = 200
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (piece) => {
      body += piece
    })
    request.on('end', () => {
      got.push([request.method!, request.headers['content-type'], body])
      response.writeHead(status, { location: '/elsewhere' }).end('x'.repeat(100_000))
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  t.after(() => server.close())
  const { port } = server.address() as AddressInfo
  const address = `http://127.0.0.1:${port}/heads`
  const target = headAddress(address, 'any')
  await target.send({ size: 7, note: NOTE })
  assert.deepEqual(got, [['POST', 'text/plain; charset=utf-8', NOTE]])
  for (status of [302, 404, 500])
    await assert.rejects(target.send({ size: 7, note: NOTE }), new RegExp(`answered ${status}`))
  assert.equal(got.length, 4, 'and no answer leads elsewhere')
  for (const closed of [
    address,
    `https://127.0.0.1:${port}/heads`,
    `https://localhost:${port}/heads`,
    `https://[::1]:${port}/`,
    `https://[::ffff:127.0.0.1]:${port}/`,
    `https://2130706433:${port}/`,
  ])
    await assert.rejects(
      headAddress(closed, 'public').send({ size: 7, note: NOTE }),
      /public network|private network/,
      closed,
    )
  assert.equal(got.length, 4, 'nobody in a private network is called unless that is configured')
})

test('what is everybody’s network, and what is not', () => {
  for (const open of ['9.9.9.9', '172.32.0.1', '192.0.1.1', '2606:4700::1111', '2a00::1'])
    assert.ok(isPublicAddress(open), open)
  for (const closed of [
    ...[
      '0.0.0.0',
      '10.1.2.3',
      '100.64.0.1',
      '127.0.0.1',
      '169.254.169.254',
      '172.16.0.1',
      '172.31.255.255',
      '192.168.0.1',
    ],
    ...['198.18.0.1', '203.0.113.9', '224.0.0.1', '255.255.255.255'],
    ...[
      '::',
      '::1',
      '::ffff:10.0.0.1',
      '64:ff9b::a00:1',
      'fc00::1',
      'fd12::1',
      'fe80::1',
      'ff02::1',
      '2001:db8::1',
      '2002:a00:1::',
    ],
    ...['', 'localhost'],
  ])
    assert.ok(!isPublicAddress(closed), closed)
})

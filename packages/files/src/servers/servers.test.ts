import assert from 'node:assert/strict'
import { test } from 'node:test'
import { certificateFiles } from './certificate-files.ts'
import { SERVER_PROGRAMS, serverLines } from './server-lines.ts'

test('files are called after the host, and each program is told of the right one', () => {
  const files = certificateFiles('www.post.example')
  assert.deepEqual(files, {
    name: 'www.post.example',
    certificate: 'www.post.example.pem',
    chain: 'www.post.example-chain.pem',
    fullChain: 'www.post.example-fullchain.pem',
  })
  const lines = serverLines({ fullChain: files.fullChain, key: 'KEY', alias: 'ALIAS', keystore: 'STORE' })
  assert.deepEqual(Object.keys(lines), [...SERVER_PROGRAMS])
  for (const program of SERVER_PROGRAMS)
    assert.match(lines[program].join(' '), /www\.post\.example-fullchain\.pem/, program)
  for (const program of ['nginx', 'apache'] as const) assert.match(lines[program].join(' '), /KEY/, program)
  assert.match(lines.java.join(' '), /-alias ALIAS -keystore STORE/)
})

test('a name is nothing to a shell or a path but its letters', () => {
  for (const [said, name] of [
    ['a b; rm -rf $HOME', 'a-b-rm--rf-HOME'],
    ['../../etc/passwd', 'etc-passwd'],
    ['-rf', 'rf'],
    ['"`x`"\n', 'x'],
    ['…', 'server'],
    ['*.post.example', 'post.example'],
  ] as const) {
    assert.equal(certificateFiles(said).name, name)
  }
  assert.equal(certificateFiles('a'.repeat(300)).name.length, 64)
})

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { pemEncode, toHex, utf8 } from '@scel/pki/bytes'
import { generateKeyPair } from '@scel/pki/crypto'
import { noteKeyOf, noteKeyText, readCheckpoint, readNoteKey, signCheckpoint, signerOf } from './note.ts'
import { GrowingTree, leafHash } from './tree.ts'

/** By golang.org/x/mod 0.42.0: `note.GenerateKey` from a stream of octets 07, `tlog.TreeHash` of the texts `leaf 0` to `leaf 12`. */
const GO_KEY = 'pki.example.org/scel-log/0123456789abcdef+41116c6e+AepKbGPinFIKvvVQexMuxfmVR3auvr57kkIe6mkURtIs'
const GO_HEAD = `pki.example.org/scel-log/0123456789abcdef
13
z5tMKkSnyqci1dVI7mT/kKEZsMMaysNETcWDAAo508o=

\u2014 pki.example.org/scel-log/0123456789abcdef QRFsbuyL5Lve/AWQcmgPitrCxjPh0i/WrQ2pXKophXuChs8w0lik3gc5vb8XFTPIR1xdLMu0F4APYuU/sgl+lIgZ+w4=
`
/** Those of Go's module mirror and its test, https://pkg.go.dev/golang.org/x/mod/sumdb/note. */
const PETER = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
const SUM = 'sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8'

test('keys are read as Go writes them, and one whose id is another’s is none', async () => {
  for (const text of [PETER, SUM]) assert.equal(noteKeyText((await readNoteKey(text))!), text)
  for (const text of ['', 'name', PETER.replace('c74f', 'c74e'), PETER.replace('Peter', 'Pete'), PETER.slice(0, -4)])
    assert.equal(await readNoteKey(text), undefined, text)
})

test('a signed head is a note that openssl verifies, byte for byte what the format says', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'scel-note-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const { privateKey, publicKey } = await generateKeyPair('ed25519')
  const key = await noteKeyOf('pki.example.org/log', publicKey)
  const note = await signCheckpoint({ size: 7, root: new Uint8Array(32).fill(1) }, privateKey, key)
  const text = 'pki.example.org/log\n7\nAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE=\n'
  assert.ok(note.startsWith(`${text}\n\u2014 pki.example.org/log `))
  const signature = Buffer.from(note.trimEnd().split(' ').at(-1)!, 'base64')
  assert.equal(toHex(signature.subarray(0, 4)), key.id)
  for (const [name, bytes] of [
    ['key.pem', utf8(pemEncode('PUBLIC KEY', publicKey))],
    ['text', utf8(text)],
    ['signature', signature.subarray(4)],
  ] as const)
    writeFileSync(join(folder, name), bytes)
  const args = ['pkeyutl', '-verify', '-pubin', '-inkey', 'key.pem', '-rawin', '-in', 'text', '-sigfile', 'signature']
  assert.match(execFileSync('openssl', args, { cwd: folder }).toString(), /Verified Successfully/)
  assert.equal((await signerOf(readCheckpoint(note)!, [key]))?.id, key.id)
})

test('a head that Go’s note and tlog packages made of thirteen leaves is the one of the same leaves here', async () => {
  const key = (await readNoteKey(GO_KEY))!
  const note = readCheckpoint(GO_HEAD)!
  assert.equal((await signerOf(note, [key]))?.id, '41116c6e')
  const tree = new GrowingTree()
  for (let leaf = 0; leaf < 13; leaf++) await tree.add(await leafHash(utf8(`leaf ${leaf}`)))
  assert.deepEqual([note.size, note.root], [13, await tree.root()])
})

test('a head in another form, or by somebody else, is none', async () => {
  const { privateKey, publicKey } = await generateKeyPair('ed25519')
  const [key, other] = [await noteKeyOf('a/log', publicKey), await noteKeyOf('b/log', publicKey)]
  const note = await signCheckpoint({ size: 10, root: new Uint8Array(32) }, privateKey, key)
  const signed = async (text: string, keys = [key]) => {
    const read = readCheckpoint(text)
    return read && (await signerOf(read, keys)) !== undefined
  }
  assert.equal(await signed(note), true)
  assert.equal(await signed(note, [other]), false)
  assert.equal(await signed(note, [other, key]), true)
  assert.equal(await signed(note.replace('\n10\n', '\n11\n')), false)
  assert.equal(await signed(note.replace('a/log\n10', 'c/log\n10')), false)
  const line = note.slice(note.indexOf('\u2014'))
  assert.equal(await signed(`${note}${line.replace('a/log', 'x/y')}`), true, 'unknown keys count for nothing')
  const letter = line.at(-4) === 'A' ? 'B' : 'A'
  assert.equal(
    await signed(`${note}${line.slice(0, -8)}${letter}${line.slice(-7)}`),
    false,
    'a wrong one spoils the note',
  )
  for (const text of [
    '',
    'a/log\n10\n',
    note.trimEnd(),
    note.replace('\n10\n', '\n010\n'),
    note.replace('\n10\n', '\n-1\n'),
    note.replace('\n10\n', '\n99999999999999999999\n'),
    note.replace('AAA=', 'AAB='),
    note.replace('AAAA', 'AAA'),
    note.replace('\u2014', '-'),
    note.replace('\n10\n', '\r\n10\n'),
    note.replace('a/log\n', '\n'),
  ])
    assert.equal(readCheckpoint(text), undefined, JSON.stringify(text))
})

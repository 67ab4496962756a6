// What a transcript cannot show of the commands on files: modes, terminals, and what other programs make of the result.

import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { createSecureContext } from 'node:tls'
import { fileURLToPath } from 'node:url'
import { pemDecode } from '@scel/pki/bytes'
import { folderFor, makeLeaf, makeRoot, needs, run } from '@scel/testkit/peers'
import { environment, scel } from './run-scel.ts'

const PASSPHRASE = 'correct horse battery'

test('what is written is 0600, appears whole, and is never written over unasked', async (t) => {
  const home = folderFor(t)
  const file = join(home, 'key.pem')
  assert.equal((await scel(['key', 'new', '-o', file], home)).exit, 0)
  assert.equal(statSync(file).mode & 0o777, 0o600)
  const before = readFileSync(file, 'utf8')
  const again = await scel(['key', 'new', '-o', file, '--json'], home)
  assert.equal(JSON.parse(again.out).error.code, 'file_exists')
  assert.equal(readFileSync(file, 'utf8'), before)
  // said before a passphrase is asked for
  const locked = await scel(['key', 'new', '--encrypt', '-o', file, '--json'], home)
  assert.equal(JSON.parse(locked.out).error.code, 'file_exists')
  assert.equal((await scel(['key', 'new', '-o', file, '--force'], home)).exit, 0)
  assert.notEqual(readFileSync(file, 'utf8'), before)
  symlinkSync(join(home, 'nowhere'), join(home, 'link'))
  assert.equal((await scel(['key', 'new', '-o', join(home, 'link')], home)).exit, 1)
  assert.deepEqual(readdirSync(home).sort(), ['key.pem', 'link'])
})

test('a private key reaches a terminal only when that is asked for, and bytes never do', async (t) => {
  const home = folderFor(t)
  const file = join(home, 'key.pem')
  await scel(['key', 'new', '-o', file], home)
  const terminal = { columns: 100 }
  for (const args of [
    ['key', 'new'],
    ['key', 'new', '--json'],
    ['key', 'convert', file, '--to', 'jwk'],
    ['convert', file, '--to', 'pem'],
    ['convert', file, '--to', 'jwk'],
    ['convert', file, '--to', 'der'],
  ]) {
    const { out, err, exit } = await scel(args, home, terminal)
    assert.equal(exit, 1, args.join(' '))
    assert.match(err, /a private key is not printed on a terminal/, args.join(' '))
    assert.doesNotMatch(out, /PRIVATE KEY|"d"|content/, args.join(' '))
  }
  const shown = await scel(['convert', file, '--to', 'pem', '--show'], home, terminal)
  assert.equal(shown.out, readFileSync(file, 'utf8'))
  assert.equal((await scel(['key', 'public', file, '--to', 'der'], home, terminal)).exit, 1)
  assert.equal((await scel(['key', 'public', file, '--to', 'der'], home)).exit, 0)
})

test('bytes pass through a pipe as they are', (t) => {
  const home = folderFor(t)
  const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))
  const scelBytes = (args: readonly string[], input?: Uint8Array): Buffer =>
    execFileSync(process.execPath, [main, ...args], { env: environment(home), ...(input ? { input } : {}) })
  const pem = scelBytes(['key', 'new', '--type', 'ed25519'])
  const der = scelBytes(['convert', '-', '--to', 'der'], pem)
  assert.deepEqual(new Uint8Array(der), pemDecode(pem.toString())[0]?.der)
})

test('standard input is read once', async (t) => {
  const home = folderFor(t)
  const input = Buffer.from((await scel(['key', 'new'], home)).out)
  const { out } = await scel(['key', 'match', '-', '-', '--json'], home, { readInput: async () => input })
  assert.equal(JSON.parse(out).error.code, 'input_twice')
})

test('openssl and Node open what is converted', async (t) => {
  if (!needs(t, 'openssl')) return
  const home = folderFor(t)
  const at = (name: string): string => join(home, name)
  makeRoot(home, 'root')
  makeLeaf(home, { root: 'root', name: 'leaf' })
  writeFileSync(at('pass'), `${PASSPHRASE}\n`)
  const made = async (...args: string[]): Promise<void> => {
    const { err, exit } = await scel(args, home)
    assert.equal(exit, 0, err)
  }
  const p12 = ['convert', at('leaf.pem'), '--key', at('leaf.key'), '--chain', at('root.pem'), '--to', 'p12']
  await made(...p12, '--new-passphrase-file', at('pass'), '-o', at('modern.p12'))
  await made(...p12, '--for', 'ios', '--new-passphrase-file', at('pass'), '-o', at('ios.p12'))
  for (const name of ['modern.p12', 'ios.p12']) {
    const legacy = name === 'ios.p12' ? ['-legacy'] : []
    const text = run('openssl', ['pkcs12', '-in', name, ...legacy, '-passin', 'file:pass', '-nodes'], home)
    assert.match(text, /-----BEGIN PRIVATE KEY-----/, name)
    assert.equal(text.match(/-----BEGIN CERTIFICATE-----/g)?.length, 2, name)
  }
  createSecureContext({ pfx: readFileSync(at('modern.p12')), passphrase: PASSPHRASE })
  await made('convert', at('leaf.pem'), '--chain', at('root.pem'), '--to', 'p7b', '-o', at('both.p7b'))
  const bag = run('openssl', ['pkcs7', '-inform', 'DER', '-in', 'both.p7b', '-print_certs'], home)
  assert.match(bag, /CN ?= ?leaf[\s\S]*CN ?= ?root/)
  const csr = ['csr', 'new', '--subject', 'CN=Ana,C=FR', '--email', 'ana@example.org', '--key', at('leaf.key')]
  await made(...csr, '-o', at('new.csr'))
  const asked = run('openssl', ['req', '-in', 'new.csr', '-noout', '-verify', '-text', '-subject'], home)
  assert.match(asked, /email:ana@example\.org/)
  await made(
    'key',
    'convert',
    at('leaf.key'),
    '--to',
    'encrypted',
    '--new-passphrase-file',
    at('pass'),
    '-o',
    at('locked.pem'),
  )
  assert.match(run('openssl', ['pkey', '-in', 'locked.pem', '-passin', 'file:pass', '-noout', '-text'], home), /P-256/)
})

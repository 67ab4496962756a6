import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { isDeskError } from '@scel/contract/errors'
import { defaultSignature } from '@scel/pki/algorithms'
import { utf8 } from '@scel/pki/bytes'
import { importPrivateKey, verify } from '@scel/pki/crypto'
import { hasCode } from '@scel/pki/errors'
import { openFileSigners } from './index.ts'

const message = utf8('to be signed')
const isUnavailable = (error: unknown): boolean => isDeskError(error) && error.code === 'authority_unavailable'
const isWrong = (error: unknown): boolean => hasCode(error, 'passphrase_wrong')

async function inFolder(run: (paths: { folder: string; masterKeyFile: string; root: string }) => Promise<void>) {
  const root = await mkdtemp(join(tmpdir(), 'scel-signers-'))
  try {
    await run({ root, folder: join(root, 'keys'), masterKeyFile: join(root, 'master.key') })
  } finally {
    await rm(root, { recursive: true })
  }
}

test('a key made once signs after the next start, and its signature verifies', async () => {
  await inFolder(async (paths) => {
    const spki = await (await openFileSigners(paths)).generate('root', 'ec-p384')
    const signer = await (await openFileSigners(paths)).open('root')
    assert.deepEqual(signer.spki, spki)
    assert.ok(await verify(defaultSignature(signer.spec), spki, message, await signer.sign(message)))
  })
})

test('files are for their owner only, folder and master key included', async () => {
  await inFolder(async (paths) => {
    await (await openFileSigners(paths)).generate('root', 'ec-p256')
    assert.equal((await stat(paths.folder)).mode & 0o777, 0o700)
    assert.equal((await stat(paths.masterKeyFile)).mode & 0o777, 0o600)
    for (const name of await readdir(paths.folder)) {
      assert.equal((await stat(join(paths.folder, name))).mode & 0o777, 0o600, name)
    }
    assert.deepEqual((await readdir(paths.folder)).sort(), ['ring.json', 'root.key'])
  })
})

test('what lies on the disk holds no key in the clear', async () => {
  await inFolder(async (paths) => {
    const signers = await openFileSigners(paths)
    await signers.generate('desk-tls', 'ec-p256', { exportable: true })
    const text = await readFile(join(paths.folder, 'desk-tls.key'), 'latin1')
    const secret = Buffer.from(await signers.exportKey('desk-tls')).subarray(36, 68)
    assert.ok(!text.includes(secret.toString('latin1')) && !text.includes(secret.toString('base64url').slice(0, 20)))
  })
})

test('a wrong passphrase is told at once, the right one opens', async () => {
  await inFolder(async (paths) => {
    const passphraseFile = join(paths.root, 'passphrase')
    await writeFile(passphraseFile, 'correct horse\n')
    await (await openFileSigners({ ...paths, passphraseFile })).generate('root', 'ec-p256')
    await writeFile(passphraseFile, 'battery staple\n')
    await assert.rejects(openFileSigners({ ...paths, passphraseFile }), isWrong)
    await assert.rejects(openFileSigners(paths), isUnavailable)
    await writeFile(passphraseFile, 'correct horse')
    await (await openFileSigners({ ...paths, passphraseFile })).open('root')
  })
})

test('keys without their master key do not open, and no new one is made in its place', async () => {
  await inFolder(async (paths) => {
    await (await openFileSigners(paths)).generate('root', 'ec-p256')
    await rm(paths.masterKeyFile)
    await assert.rejects(openFileSigners(paths), isUnavailable)
    await assert.rejects(stat(paths.masterKeyFile))
  })
})

test('a key file put in the place of another does not open', async () => {
  await inFolder(async (paths) => {
    const signers = await openFileSigners(paths)
    await signers.generate('production-people', 'ec-p256')
    await rename(join(paths.folder, 'production-people.key'), join(paths.folder, 'production-machines.key'))
    await assert.rejects(signers.open('production-machines'), isWrong)
  })
})

test('a key is exported only when it was made for it, whatever its file says', async () => {
  await inFolder(async (paths) => {
    const signers = await openFileSigners(paths)
    await signers.generate('root', 'ec-p256')
    await assert.rejects(signers.exportKey('root'), isUnavailable)
    const path = join(paths.folder, 'root.key')
    await writeFile(path, (await readFile(path, 'utf8')).replace('"exportable": false', '"exportable": true'))
    await assert.rejects(signers.exportKey('root'), isWrong)
    const spki = await signers.generate('desk-tls', 'ec-p256', { exportable: true })
    assert.deepEqual((await importPrivateKey(await signers.exportKey('desk-tls'))).publicKey, spki)
  })
})

test('a key is never replaced, and a key id never leaves its folder', async () => {
  await inFolder(async (paths) => {
    const signers = await openFileSigners(paths)
    const spki = await signers.generate('root', 'ec-p256')
    await assert.rejects(signers.generate('root', 'ec-p256'))
    assert.deepEqual((await signers.open('root')).spki, spki)
    await assert.rejects(signers.open('../master'), isUnavailable)
    assert.equal(await signers.has('other'), false)
  })
})

test('a closed signer signs no more', async () => {
  await inFolder(async (paths) => {
    const signers = await openFileSigners(paths)
    await signers.generate('root', 'ec-p256')
    const signer = await signers.open('root')
    signer.close()
    await assert.rejects(signer.sign(message), isUnavailable)
  })
})

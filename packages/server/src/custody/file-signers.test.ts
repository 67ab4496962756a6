import assert from 'node:assert/strict'
import { chmod, chown, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { isDeskError } from '@scel/contract/errors'
import { utf8 } from '@scel/pki/bytes'
import { importPrivateKey, sign, usualSignature, verify } from '@scel/pki/crypto'
import { hasCode } from '@scel/pki/errors'
import { openFileSigners, openKeys } from './index.ts'
import { isExposed, isForeign } from './private-file.ts'

const message = utf8('to be signed')
const isUnavailable = (error: unknown): boolean => isDeskError(error) && error.code === 'authority_unavailable'
const isNeeded = (error: unknown): boolean => isDeskError(error) && error.code === 'root_passphrase_needed'
const isWrongRoot = (error: unknown): boolean => isDeskError(error) && error.code === 'root_passphrase_wrong'
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
    const spki = await (await openFileSigners(paths)).generate('root', 'ec-p384', 'authority')
    const signer = await (await openFileSigners(paths)).open('root')
    assert.deepEqual(signer.key.publicKey, spki)
    assert.ok(await verify(usualSignature(signer.key), spki, message, await sign(signer.key, message)))
  })
})

test('processes that open a new folder at once (EEXIST of ring.json) make one ring, and all of them open it', async () => {
  await inFolder(async (paths) => {
    for (const how of ['master key', 'passphrases'] as const) {
      const file = join(paths.root, 'passphrase')
      await writeFile(file, 'a passphrase of some length', { mode: 0o600 })
      const folder = join(paths.root, how)
      const options = how === 'passphrases' ? { passphraseFile: file, rootPassphraseFile: file } : {}
      const all = await Promise.all(Array.from({ length: 4 }, () => openKeys({ ...paths, ...options, folder })))
      assert.equal(new Set(all.map(({ rowCodeKey }) => Buffer.from(rowCodeKey).toString('hex'))).size, 1, how)
    }
  })
})

test('files are for their owner only, folder and master key included', async () => {
  await inFolder(async (paths) => {
    await (await openFileSigners(paths)).generate('root', 'ec-p256', 'authority')
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
    await signers.generate('desk-tls', 'ec-p256', 'listener')
    const text = await readFile(join(paths.folder, 'desk-tls.key'), 'latin1')
    const secret = Buffer.from(await signers.exportKey('desk-tls')).subarray(36, 68)
    assert.ok(!text.includes(secret.toString('latin1')) && !text.includes(secret.toString('base64url').slice(0, 20)))
  })
})

test('a wrong passphrase is told at once, the right one opens', async () => {
  await inFolder(async (paths) => {
    const passphraseFile = join(paths.root, 'passphrase')
    await writeFile(passphraseFile, 'correct horse\n', { mode: 0o600 })
    await (await openFileSigners({ ...paths, passphraseFile })).generate('root', 'ec-p256', 'authority')
    await writeFile(passphraseFile, 'battery staple\n')
    await assert.rejects(openFileSigners({ ...paths, passphraseFile }), isWrong)
    await assert.rejects(openFileSigners(paths), isUnavailable)
    await writeFile(passphraseFile, 'correct horse')
    await (await openFileSigners({ ...paths, passphraseFile })).open('root')
  })
})

test('keys without their master key do not open, and no new one is made in its place', async () => {
  await inFolder(async (paths) => {
    await (await openFileSigners(paths)).generate('root', 'ec-p256', 'authority')
    await rm(paths.masterKeyFile)
    await assert.rejects(openFileSigners(paths), isUnavailable)
    await assert.rejects(stat(paths.masterKeyFile))
  })
})

test('keys without ring.json are refused by name, and nothing is written in its place', async () => {
  await inFolder(async (paths) => {
    await (await openFileSigners(paths)).generate('root', 'ec-p256', 'authority')
    await rm(join(paths.folder, 'ring.json'))
    const before = await readdir(paths.root, { recursive: true })
    const missing = (error: unknown): boolean => isDeskError(error) && error.code === 'key_ring_missing'
    await assert.rejects(openFileSigners(paths), missing)
    const passphraseFile = join(paths.root, 'passphrase')
    await writeFile(passphraseFile, 'correct horse', { mode: 0o600 })
    await assert.rejects(openFileSigners({ ...paths, passphraseFile }), missing)
    await rm(passphraseFile)
    assert.deepEqual(await readdir(paths.root, { recursive: true }), before)
  })
})

test('a passphrase file that others can read or change is refused with its mode, before anything is made of it', async (t) => {
  if (process.platform === 'win32') return t.skip('no such modes')
  await inFolder(async (paths) => {
    const passphraseFile = join(paths.root, 'passphrase')
    await writeFile(passphraseFile, 'correct horse', { mode: 0o600 })
    for (const mode of [0o644, 0o640, 0o604, 0o620, 0o602]) {
      await chmod(passphraseFile, mode)
      await assert.rejects(
        openFileSigners({ ...paths, passphraseFile }),
        (error: unknown) =>
          isDeskError(error) &&
          error.code === 'passphrase_file_exposed' &&
          'mode' in error.facts &&
          error.facts.mode === `0${mode.toString(8)}`,
        mode.toString(8),
      )
    }
    assert.deepEqual(await readdir(paths.folder), [])
    await chmod(passphraseFile, 0o400)
    await openFileSigners({ ...paths, passphraseFile })
  })
})

test('a passphrase file of root is in order when the desk’s group alone may read it; one of anybody else never is', () => {
  const [root, desk, other] = [0, 1000, 1001]
  assert.deepEqual(
    [root, desk, other].map((owner) => isForeign(owner, desk)),
    [false, false, true],
  )
  assert.deepEqual([isForeign(desk, root), isForeign(root, root), isForeign(other, undefined)], [true, false, false])
  const exposed = [0o400, 0o440, 0o444, 0o460, 0o441].map((mode) => isExposed(mode, root, desk))
  assert.deepEqual(exposed, [false, false, true, true, true])
  assert.equal(isExposed(0o666, desk, undefined), false, 'where there are no modes')
})

test('a passphrase file of another user is refused, whatever its mode: its owner gives it any mode', async (t) => {
  if (process.getuid?.() !== 0) return t.skip('only root gives files away')
  await inFolder(async (paths) => {
    const passphraseFile = join(paths.root, 'passphrase')
    for (const mode of [0o600, 0o400, 0o440]) {
      await writeFile(passphraseFile, 'correct horse')
      await chmod(passphraseFile, mode)
      await chown(passphraseFile, 1000, 0)
      await assert.rejects(
        openFileSigners({ ...paths, passphraseFile }),
        (error: unknown) =>
          isDeskError(error) &&
          error.code === 'passphrase_file_foreign' &&
          'owner' in error.facts &&
          error.facts.owner === '1000',
      )
    }
    assert.deepEqual(await readdir(paths.folder), [])
  })
})

test('the root under a passphrase of its own (H3): what opens the other keys does not open it', async () => {
  await inFolder(async (paths) => {
    const rootPassphraseFile = join(paths.root, 'root-passphrase')
    await writeFile(rootPassphraseFile, 'staple battery\n', { mode: 0o600 })
    const first = (await openKeys({ ...paths, rootPassphraseFile })).signers
    const spki = await first.generate('production-root', 'ec-p384', 'root')
    await first.generate('production-machines', 'ec-p256', 'authority')
    assert.equal(await first.rootCustody(), 'open')
    first.closeRoots()
    await assert.rejects(first.open('production-root'), isNeeded, 'from then on it is away in this process too')

    await rm(rootPassphraseFile)
    const daily = (await openKeys({ ...paths, rootPassphraseFile })).signers // its file was taken away
    assert.equal(await daily.rootCustody(), 'away')
    await daily.open('production-machines')
    await assert.rejects(daily.open('production-root'), isNeeded)
    await assert.rejects(daily.generate('test-root', 'ec-p384', 'root'), isNeeded)
    // Neither by saying that it lies under the key that opens all.
    const path = join(paths.folder, 'production-root.key')
    const text = await readFile(path, 'utf8')
    await writeFile(path, text.replace('"ring": "root",', ''))
    await assert.rejects(daily.open('production-root'), isWrong)
    await writeFile(path, text)

    await writeFile(rootPassphraseFile, 'stable battery', { mode: 0o600 })
    await assert.rejects(openKeys({ ...paths, rootPassphraseFile }), isWrongRoot)
    await chmod(rootPassphraseFile, 0o644)
    if (process.platform !== 'win32')
      await assert.rejects(
        openKeys({ ...paths, rootPassphraseFile }),
        (error: unknown) => isDeskError(error) && error.code === 'passphrase_file_exposed',
      )
    assert.equal(await daily.openRoots(utf8('staple battery')), 0)
    assert.deepEqual((await daily.open('production-root')).key.publicKey, spki)
  })
})

test('roots that lay with the other keys are moved, once, and the other keys stay', async () => {
  await inFolder(async (paths) => {
    const shared = await openFileSigners(paths)
    const spki = await shared.generate('production-root', 'ec-p384', 'root')
    const other = await shared.generate('production-machines', 'ec-p256', 'authority')
    const before = await readFile(join(paths.folder, 'production-machines.key'), 'utf8')
    const rootPassphraseFile = join(paths.root, 'root-passphrase')
    await assert.rejects(openKeys({ ...paths, rootPassphraseFile }), /ENOENT/, 'a file that was never read is missing')
    await writeFile(rootPassphraseFile, 'staple battery', { mode: 0o600 })
    assert.equal((await openKeys({ ...paths, rootPassphraseFile })).rootsMoved, 1)
    const again = await openKeys({ ...paths, rootPassphraseFile })
    assert.equal(again.rootsMoved, 0)
    assert.deepEqual((await again.signers.open('production-root')).key.publicKey, spki)
    assert.deepEqual((await again.signers.open('production-machines')).key.publicKey, other)
    assert.equal(await readFile(join(paths.folder, 'production-machines.key'), 'utf8'), before)
    assert.equal((await stat(join(paths.folder, 'production-root.key'))).mode & 0o777, 0o600)
    // A desk that was running meanwhile finds it moved.
    assert.equal(await shared.rootCustody(), 'away')
    await assert.rejects(shared.open('production-root'), isNeeded)
  })
})

test('a key file put in the place of another does not open', async () => {
  await inFolder(async (paths) => {
    const signers = await openFileSigners(paths)
    await signers.generate('production-people', 'ec-p256', 'authority')
    await rename(join(paths.folder, 'production-people.key'), join(paths.folder, 'production-machines.key'))
    await assert.rejects(signers.open('production-machines'), isWrong)
  })
})

test('a key is exported only when it was made for it, whatever its file says', async () => {
  await inFolder(async (paths) => {
    const signers = await openFileSigners(paths)
    await signers.generate('root', 'ec-p256', 'authority')
    await assert.rejects(signers.exportKey('root'), isUnavailable)
    const path = join(paths.folder, 'root.key')
    await writeFile(path, (await readFile(path, 'utf8')).replace('"exportable": false', '"exportable": true'))
    await assert.rejects(signers.exportKey('root'), isWrong)
    const spki = await signers.generate('desk-tls', 'ec-p256', 'listener')
    assert.deepEqual((await importPrivateKey(await signers.exportKey('desk-tls'))).publicKey, spki)
  })
})

test('a key is never replaced, and a key id never leaves its folder', async () => {
  await inFolder(async (paths) => {
    const signers = await openFileSigners(paths)
    const spki = await signers.generate('root', 'ec-p256', 'authority')
    await assert.rejects(signers.generate('root', 'ec-p256', 'authority'))
    assert.deepEqual((await signers.open('root')).key.publicKey, spki)
    await assert.rejects(signers.open('../master'), isUnavailable)
    assert.equal(await signers.has('other'), false)
  })
})

test('a closed signer signs no more', async () => {
  await inFolder(async (paths) => {
    const signers = await openFileSigners(paths)
    await signers.generate('root', 'ec-p256', 'authority')
    const signer = await signers.open('root')
    signer.close()
    assert.throws(() => signer.key, isUnavailable)
  })
})

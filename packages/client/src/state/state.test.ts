import assert from 'node:assert/strict'
import { execFile, execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { link, mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { pemEncode } from '@scel/pki/bytes'
import { exportPrivateKey, generateKeyPair } from '@scel/pki/crypto'
import { folderFor } from '@scel/testkit/peers'
import { applicantKey } from './applicant-key.ts'
import { changeDeskRecord, changeKnownDesk, type DeskRecord, readDeskRecord } from './desk-record.ts'
import { checkTarget, readLimited, writePrivate, writePrivateIfChanged } from './files.ts'
import { partName, thisProcess } from './part-name.ts'
import { defaultFolders, makePaths } from './paths.ts'

const run = promisify(execFile)
const WRITER = fileURLToPath(new URL('../../test/record-writer.ts', import.meta.url))

const mode = async (path: string): Promise<string> => ((await stat(path)).mode & 0o777).toString(8)

test('what is written is 0600 in folders of 0700, whatever the umask', async (t) => {
  const folder = folderFor(t)
  const before = process.umask(0)
  t.after(() => process.umask(before))
  const file = join(folder, 'a', 'b', 'secret')
  await writePrivate(file, 'x')
  assert.deepEqual(await Promise.all([file, join(folder, 'a'), join(folder, 'a', 'b')].map(mode)), [
    '600',
    '700',
    '700',
  ])
})

test('a write that fails leaves the old file and no other', async (t) => {
  const folder = folderFor(t)
  const file = join(folder, 'kept')
  await mkdir(file) // a folder stands where the file should go: the rename fails
  await assert.rejects(writePrivate(file, 'new'), { code: 'file_unwritable' })
  assert.deepEqual(await readdir(folder), ['kept'])
})

test('a file that holds it already is not written again', async (t) => {
  const file = join(folderFor(t), 'same')
  assert.equal(await writePrivateIfChanged(file, 'one'), true)
  assert.equal(await writePrivateIfChanged(file, 'one'), false)
  assert.equal(await writePrivateIfChanged(file, 'two'), true)
})

test('a file longer than the limit is not read', async (t) => {
  const file = join(folderFor(t), 'long')
  await writeFile(file, 'x'.repeat(11))
  await assert.rejects(readLimited(file, 10), { code: 'file_too_large' })
  await assert.rejects(readLimited(`${file}er`, 10), { code: 'file_missing' })
})

test('a file without an end is read to the limit and no further, and a pipe as far as it goes', async (t) => {
  await assert.rejects(readLimited('/dev/zero', 100_000), { code: 'file_too_large' })
  const link = join(folderFor(t), 'link')
  await symlink('/dev/zero', link)
  await assert.rejects(readLimited(link, 1024 * 1024), { code: 'file_too_large' })
  const pipe = join(folderFor(t), 'pipe')
  execFileSync('mkfifo', [pipe])
  const [read] = await Promise.all([readLimited(pipe, 200_000), writeFile(pipe, 'x'.repeat(200_000))])
  assert.equal(read.length, 200_000)
  const more = readLimited(pipe, 199_999)
  await Promise.all([
    assert.rejects(more, { code: 'file_too_large' }),
    writeFile(pipe, 'x'.repeat(200_000)).catch(() => {}),
  ])
})

test('the applicant key is made once, 0600, and a damaged one is never replaced', async (t) => {
  const file = join(folderFor(t), 'scel', 'applicant.key')
  const first = await applicantKey(file)
  assert.equal(first.key.spec, 'ec-p256')
  assert.match(first.thumbprint, /^[0-9a-f]{64}$/)
  assert.equal(await mode(file), '600')
  assert.equal((await applicantKey(file)).thumbprint, first.thumbprint)
  await writeFile(file, (await readFile(file, 'utf8')).replace('A', 'B').slice(0, -40))
  await assert.rejects(applicantKey(file), { code: 'key_file_malformed', message: 'key file malformed' })
})

test('first runs at the same moment all sign with one key, the one that stays', async (t) => {
  const file = join(folderFor(t), 'scel', 'applicant.key')
  const made = await Promise.all(Array.from({ length: 8 }, () => applicantKey(file)))
  const kept = await applicantKey(file)
  for (const { thumbprint } of made) assert.equal(thumbprint, kept.thumbprint)
  assert.deepEqual(await readdir(join(file, '..')), ['applicant.key'])
})

test('half a key that a killed run left goes when its folder is written into again', async (t) => {
  const folder = folderFor(t)
  await writeFile(join(folder, await leftName('key.pem')), 'half a key')
  await writePrivate(join(folder, 'key.pem'), 'x')
  assert.deepEqual(await readdir(folder), ['key.pem'])
})

/** The name that a run gave to `name` and was killed with. */
async function leftName(name: string): Promise<string> {
  const child = spawn(process.execPath, ['-e', ''])
  await once(child, 'exit')
  return partName(name, { ...thisProcess(), pid: child.pid!, start: '5' })
}

test('a second name of a key, whose run was killed before it was taken away, goes at the next run', async (t) => {
  const file = join(folderFor(t), 'scel', 'applicant.key')
  await mkdir(dirname(file))
  const made = await generateKeyPair('ec-p256')
  await writeFile(file, pemEncode('PRIVATE KEY', await exportPrivateKey(made.privateKey)))
  await link(file, join(dirname(file), await leftName('applicant.key')))
  await applicantKey(file)
  assert.deepEqual(await readdir(dirname(file)), ['applicant.key'])

  const other = join(folderFor(t), 'key.pem')
  await writeFile(other, 'a key')
  await link(other, join(dirname(other), await leftName('key.pem')))
  await assert.rejects(checkTarget(other, false), { code: 'file_exists' })
  assert.deepEqual(await readdir(dirname(other)), ['key.pem'], 'where nothing will be written either')
})

test('a record that is no record is named, not overwritten', async (t) => {
  const paths = makePaths({ env: {}, platform: 'linux', home: folderFor(t) }, {})
  await mkdir(paths.desks, { recursive: true })
  await writeFile(paths.deskRecord('production-000000000000'), '{"format":"scel-desk-record/1"}')
  await assert.rejects(readDeskRecord(paths, 'production-000000000000'), { code: 'record_malformed' })
  assert.equal(await readDeskRecord(paths, 'test-000000000000'), undefined)
})

test('a record that could not be read again is not written', async (t) => {
  const paths = makePaths({ env: {}, platform: 'linux', home: folderFor(t) }, {})
  const name = 'production-000000000000'
  const record = { desk: { name: 'x'.repeat(17 * 1024 * 1024) } } as unknown as DeskRecord
  await assert.rejects(
    changeDeskRecord(paths, name, () => record),
    { code: 'file_too_large' },
  )
  assert.equal(await readDeskRecord(paths, name), undefined)
})

test('a record that was forgotten while a run went on is not made again', async (t) => {
  const paths = makePaths({ env: {}, platform: 'linux', home: folderFor(t) }, {})
  const record = { requests: [], keys: {} } as unknown as DeskRecord
  const named = { name: 'production-000000000000', record }
  const changed = await changeKnownDesk(paths, named, (present) => ({ ...present, heardAt: 'now' }))
  assert.equal(changed.heardAt, 'now')
  assert.equal(await readDeskRecord(paths, named.name), undefined)
})

test('runs side by side each have their say in a record', async (t) => {
  const home = folderFor(t)
  const name = 'production-000000000000'
  const runs = [0, 10, 20, 30, 40, 50].map((first) => run(process.execPath, [WRITER, home, name, String(first)]))
  await Promise.all(runs)
  const record = await readDeskRecord(makePaths({ env: {}, platform: 'linux', home }, {}), name)
  assert.equal(Object.keys(record!.keys).length, 60)
})

test('a turn on a disk that is full says so', (t) => {
  const folder = folderFor(t)
  const program = `
    import { statfsSync, writeFileSync } from 'node:fs'
    import { takeTurns } from ${JSON.stringify(new URL('./take-turns.ts', import.meta.url).href)}
    await takeTurns('turn', async () => {})
    const { bavail, bsize } = statfsSync('.')
    writeFileSync('rest', Buffer.alloc(bavail * bsize))
    console.log(await takeTurns('turn', async () => 'taken').catch(({ code }) => code))`
  const disk = `mount -t tmpfs -o size=64k tmpfs "$0" && cd "$0" && "$1" --input-type=module -e "$2"; code=$?; cd /; umount "$0"; exit $code`
  // In a name space of its own where that may be had, and otherwise as whoever may mount.
  const run = ([command = '', ...rest]: readonly string[]) => {
    const ran = spawnSync(command, [...rest, '-c', disk, folder, process.execPath, program], { encoding: 'utf8' })
    return ran.error || /mount|unshare/.test(ran.stderr) ? undefined : ran
  }
  const ran = run(['unshare', '--map-root-user', '--mount', 'sh']) ?? run(['sh'])
  if (!ran) return t.diagnostic('no disk of its own can be made here')
  const { status, stdout, stderr } = ran
  assert.deepEqual([status, stdout.trim()], [0, 'disk_full'], stderr)
})

test('each platform has its places', () => {
  const linux = { env: {}, platform: 'linux', home: '/home/ana' } as const
  assert.deepEqual(defaultFolders(linux), { state: '/home/ana/.config/scel', machine: '/etc/scel' })
  const xdg = { ...linux, env: { XDG_CONFIG_HOME: '/x' } }
  assert.equal(defaultFolders(xdg).state, '/x/scel')
  assert.equal(defaultFolders({ ...linux, env: { XDG_CONFIG_HOME: 'relative' } }).state, '/home/ana/.config/scel')
  assert.equal(defaultFolders({ ...linux, platform: 'darwin' }).state, '/home/ana/Library/Application Support/Scel')
  const windows = {
    env: { APPDATA: 'C:\\Users\\ana\\AppData\\Roaming', ProgramData: 'C:\\ProgramData' },
    home: 'C:\\Users\\ana',
  }
  assert.deepEqual(defaultFolders({ ...windows, platform: 'win32' }), {
    state: 'C:\\Users\\ana\\AppData\\Roaming\\Scel',
    machine: 'C:\\ProgramData\\Scel',
  })
})

test('options come before the environment, and the environment before the platform', () => {
  const place = { env: { SCEL_DIR: '/env', SCEL_MACHINE_DIR: '/envm' }, platform: 'linux', home: '/home/ana' } as const
  assert.equal(makePaths(place, {}).state, '/env')
  assert.equal(makePaths(place, {}).machineStore, '/envm/certificates')
  assert.equal(makePaths(place, { state: '/asked' }).userStore, '/asked/certificates')
})

test('a place that cannot be a folder is said to be so', async (t) => {
  const file = join(folderFor(t), 'file')
  await writeFile(file, '')
  await assert.rejects(writePrivate(join(file, 'x'), ''), { code: 'file_unwritable' })
})

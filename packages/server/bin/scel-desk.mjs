#!/usr/bin/env node
// Starts the command under Node 26, whichever Node the shell found: plain JavaScript, so that an old one can read it.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))

// Node opens its inspector at the signal SIGUSR1, to whoever is on the host, but with this option. Until then it is not heard.
const DEAF = '--disable-sigusr1'
process.on('SIGUSR1', () => {})

if (Number(process.versions.node.split('.')[0]) >= 26) {
  const { argv, env, execArgv, execPath, platform } = process
  // The same process with the option. Windows knows neither the signal nor the call.
  if (platform === 'win32' || execArgv.includes(DEAF)) await import('../src/main.ts')
  else process.execve(execPath, [execPath, ...execArgv, DEAF, main, ...argv.slice(2)], env)
} else {
  const node = nearestNode(dirname(main))
  if (!node) {
    console.error(`scel-desk: error: this needs Node 26, and this is Node ${process.versions.node}`)
    console.error(
      'scel-desk: hint: run “npm start” or “node tools/setup.mjs” in the checkout once, which brings Node 26 along',
    )
    process.exit(1)
  }
  const child = spawn(node, [DEAF, main, ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(signal ? 128 + constants.signals[signal] : (code ?? 1)))
}

function nearestNode(from) {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', '.bin', process.platform === 'win32' ? 'node.exe' : 'node')
    if (existsSync(candidate)) return candidate
    if (dirname(folder) === folder) return undefined
  }
}

import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Copies what git knows of a tree, and what it would; its packages there are its own, all others are the tree's. */
export function copyTree(root: string, to: string): void {
  const listed = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  })
  if (listed.status !== 0) throw new Error(`git ls-files: ${listed.stderr}`)
  const files = listed.stdout.split('\0').filter((path) => path !== '' && existsSync(join(root, path)))
  for (const folder of new Set(files.map(dirname))) mkdirSync(join(to, folder), { recursive: true })
  for (const path of files) cpSync(join(root, path), join(to, path))

  const modules = join(root, 'node_modules')
  mkdirSync(join(to, 'node_modules', '@scel'), { recursive: true })
  // But for the notes of npm and of the set-up, which are about the tree.
  for (const name of readdirSync(modules)) {
    if (name !== '@scel' && (name === '.bin' || !name.startsWith('.')))
      symlinkSync(join(modules, name), join(to, 'node_modules', name))
  }
  for (const name of readdirSync(join(modules, '@scel'))) {
    symlinkSync(join('..', '..', 'packages', name), join(to, 'node_modules', '@scel', name))
  }
}

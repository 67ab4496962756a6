import assert from 'node:assert/strict'
import { test } from 'node:test'
import { faultIn } from './entry-name.ts'

test('a name that leads out of its folder is none, on any system', () => {
  for (const [name, fault] of [
    ['/etc/passwd', 'absolute'],
    ['C:/Windows/x', 'absolute'],
    ['c:', 'absolute'],
    ['..', 'parent'],
    ['../x', 'parent'],
    ['a/../../x', 'parent'],
    ['a/..', 'parent'],
    ['..\\x', 'separator'],
    ['', 'empty'],
    ['.', 'empty'],
    ['a//b', 'empty'],
    ['a/./b', 'empty'],
    ['a\u0000b', 'control'],
    ['a\u001b[31m', 'control'],
    ['a\u009fb', 'control'],
    ['a\ufffdb', 'control'],
    ['invoice\u202efdp.exe', 'control'],
    ['a/b\u200bx', 'control'],
    ['a\u2028b', 'control'],
    ['a\u2066b', 'control'],
  ] as const) {
    for (const platform of ['linux', 'darwin', 'win32'] as const) assert.equal(faultIn(name, platform), fault, name)
  }
})

test('dots, colons and letters of all kinds are names, where they do not lead anywhere', () => {
  for (const name of [
    '...',
    '.bashrc',
    'a/..b',
    'x..',
    'é/ß/日本',
    'a:b',
    'Crème brûlée (1).pdf',
    'CC:/x',
    '❤️ 👩‍💻.png',
    'می‌خواهم',
    'a\u202fb',
  ]) {
    assert.equal(faultIn(name, 'linux'), undefined, name)
  }
})

test('what Windows takes for a device or a stream, or shortens, is refused there alone', () => {
  for (const name of ['con', 'NUL.txt', 'a/LPT1', 'com¹', 'CONIN$', 'a:b', 'a?', 'x.', 'x ', 'a/b|c']) {
    assert.equal(faultIn(name, 'win32'), 'device', name)
    assert.equal(faultIn(name, 'linux'), undefined, name)
  }
  for (const name of ['console', 'nul1', 'com', 'a.b', 'aux1.txt'])
    assert.equal(faultIn(name, 'win32'), undefined, name)
})

test('names are as long and folders as deep as file systems take them, and no more', () => {
  const at = (name: string) => faultIn(name, 'linux')
  assert.deepEqual([at('a'.repeat(255)), at('a'.repeat(256))], [undefined, 'long'])
  assert.deepEqual([at('é'.repeat(127)), at('é'.repeat(128))], [undefined, 'long'])
  assert.deepEqual([at(Array(128).fill('a').join('/')), at(Array(129).fill('a').join('/'))], [undefined, 'long'])
  const long = Array(20).fill('a'.repeat(199)).join('/')
  assert.deepEqual([at(`a${long}`), at(`aa${long}`)], [undefined, 'long'])
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nameFault } from './name-fault.ts'

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
    ['a\u0000b', 'letters'],
    ['a\u001b[31m', 'letters'],
    ['a\u009fb', 'letters'],
    ['a\ufffdb', 'letters'],
    ['invoice\u202efdp.exe', 'letters'],
    ['a/b\u200bx', 'letters'],
    ['a\u2028b', 'letters'],
    ['a\u2066b', 'letters'],
  ] as const) {
    for (const on of ['elsewhere', 'windows'] as const) assert.equal(nameFault(name, on), fault, name)
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
    assert.equal(nameFault(name, 'elsewhere'), undefined, name)
  }
})

test('what Windows takes for a device or a stream, or shortens, is refused there alone', () => {
  for (const name of ['con', 'NUL.txt', 'a/LPT1', 'com¹', 'CONIN$', 'a:b', 'a?', 'x.', 'x ', 'a/b|c']) {
    assert.equal(nameFault(name, 'windows'), 'device', name)
    assert.equal(nameFault(name, 'elsewhere'), undefined, name)
  }
  for (const name of ['console', 'nul1', 'com', 'a.b', 'aux1.txt'])
    assert.equal(nameFault(name, 'windows'), undefined, name)
})

test('names are as long and folders as deep as file systems take them, and no more', () => {
  const at = (name: string) => nameFault(name, 'elsewhere')
  assert.deepEqual([at('a'.repeat(255)), at('a'.repeat(256))], [undefined, 'long'])
  assert.deepEqual([at('é'.repeat(127)), at('é'.repeat(128))], [undefined, 'long'])
  assert.deepEqual([at(Array(128).fill('a').join('/')), at(Array(129).fill('a').join('/'))], [undefined, 'long'])
  const long = Array(20).fill('a'.repeat(199)).join('/')
  assert.deepEqual([at(`a${long}`), at(`aa${long}`)], [undefined, 'long'])
  // Octets are counted: each of these letters is two.
  const wide = Array(20).fill('é'.repeat(99)).join('/')
  assert.deepEqual([at(`aé${wide}`.slice(0, -1)), at(`${wide}${'é'.repeat(12)}`)], [undefined, 'long'])
})

test('a letter that nobody sees makes one name look like another, and is refused', () => {
  for (const name of [
    'rap\u00adport.pdf', // a hyphen for the end of a line
    'a\u034fb',
    'a\u115fb',
    'a\u3164b',
    'a\u2800b',
    'a\u180eb',
    'report.pdf\ufe0f',
    '1\ufe0f.pdf',
    'a\u{e0041}b',
    'a\u200db',
    'a\u200cb',
    'e\u200dé',
    'مت\u200d', // joins nothing
    '\u200cمت',
    'مت\u200c\u200cمت',
    '👩\u200d',
    '👩\u200d\u200d💻',
    '漢\ufe0f',
    '\u{1f3f4}\u{e0067}\u{e0062}\u{e0061}\u{e007f}',
    'a\ud800b',
  ])
    assert.equal(nameFault(name, 'elsewhere'), 'letters', JSON.stringify(name))
})

test('where writing needs a letter that nobody sees, it stays', () => {
  for (const name of [
    'نامه‌ها/می‌خواهم.txt',
    'ක්‍රිකට් ශ්‍රී.doc',
    'क्‍ष.odt',
    '👨‍👩‍👧‍👦 🏳️‍🌈 👋🏽 ❤️ 1️⃣ ©️.png',
    '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}.svg',
    '葛\u{e0100}城市.xlsx', // the form of a town's own name
    '\u0601١٢.txt', // a sign above a number, which is seen
    '\uf8ff.pkg', // of a maker's own letters
    '\u{1fa7f}.txt', // of a Unicode that is still to come
  ])
    assert.equal(nameFault(name, 'elsewhere'), undefined, name)
})

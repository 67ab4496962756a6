import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'

// A new profile is one file: no program asks by the name of one what it may, who sees it or what it is called (decision 0037).

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const SOURCES = 'packages/{contract,server,client,portal}/src/**/*.{ts,tsx}'
const TESTS = /\.test\.tsx?$|\/testing\/|\/store\/(samples|migrations)/

const compares = (text: string): readonly string[] =>
  [
    ...text.matchAll(/(?:\bprofile(?:\.name|Name)?|\benrolment)\)? *[!=]==? *['"`][^'"`]*['"`]/gi),
    ...text.matchAll(/['"`][^'"`\n]*['"`] *[!=]==? *[\w.?]*\b(?:profile(?:\.name|Name)?|enrolment)\b/gi),
    ...text.matchAll(/switch \([\w.]*\b(?:profile(?:\.name)?|enrolment)\)/gi),
  ].map(([found]) => found)

test('a comparison of a profile with a word is found in whatever way it is written', () => {
  for (const text of [
    "if (request.profile === 'server')",
    "entry.profile !== 'workstation'",
    "profile.name === 'robot'",
    "(kit.enrolment) == 'server'",
    "'desk-tls' === certificate.profile",
    'switch (request.profile) {',
  ]) {
    assert.equal(compares(text).length, 1, text)
  }
  for (const text of ["role === 'manager'", 'profile.name === request.profile', "profile.family === 'machine'"]) {
    assert.deepEqual(compares(text), [], text)
  }
})

test('no program compares a profile with a word, and none names those that are not the desk’s own', () => {
  const files = globSync(SOURCES, { cwd: ROOT }).filter((file) => !TESTS.test(file))
  assert.ok(files.length > 500)
  for (const file of files) {
    const text = readFileSync(join(ROOT, file), 'utf8')
    assert.deepEqual(compares(text), [], file)
    assert.doesNotMatch(text, /['"`]workstation['"`]/, file)
  }
})

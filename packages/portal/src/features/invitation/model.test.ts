import assert from 'node:assert/strict'
import { test } from 'node:test'
import { deviceOf, faultsOf, platformOf } from './model.ts'

test('every fault of the form is named at once', () => {
  assert.deepEqual(faultsOf({ passphrase: 'Motdepasse2026!', again: 'autre', understood: false }), {
    passphrase: 'weak',
    again: 'different',
    understood: 'missing',
  })
  assert.deepEqual(
    faultsOf({ passphrase: 'assez longue vinaigre tortue', again: 'assez longue vinaigre tortue', understood: true }),
    {},
  )
})

test('an unnamed link asks for a name and an address', () => {
  const rest = { passphrase: 'assez longue vinaigre tortue', again: 'assez longue vinaigre tortue', understood: true }
  assert.deepEqual(faultsOf({ ...rest, self: { name: ' ', email: 'ada@' } }), { name: 'missing', email: 'malformed' })
  assert.deepEqual(faultsOf({ ...rest, self: { name: 'Ada', email: 'ada@desk.example ' } }), {})
})

test('Firefox comes first whatever the system, since its store is its own', () => {
  assert.equal(platformOf('Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0'), 'firefox')
  assert.equal(platformOf('Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) Chrome/140.0 Safari/537.36'), 'macos')
  assert.equal(platformOf('Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0'), 'linux')
})

test('a file is for the device where it was made, unless another is chosen', () => {
  assert.equal(deviceOf('Mozilla/5.0 (Windows NT 10.0) Chrome/140.0'), 'windows')
  assert.equal(deviceOf('Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) Chrome/140.0 Safari/537.36'), 'macos')
  assert.equal(deviceOf('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1'), 'macos')
  assert.equal(deviceOf('Mozilla/5.0 (Linux; Android 15; Pixel 9) Chrome/140.0 Mobile'), 'android')
  assert.equal(deviceOf('Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0'), 'firefox')
})

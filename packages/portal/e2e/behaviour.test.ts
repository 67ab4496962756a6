import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import { chromiumPath } from '@scel/testkit/peers'
import { openOffice } from '@scel/testkit/scenes'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import {
  audit,
  blockedKeys,
  certificateDetail,
  certificates,
  day,
  invitation,
  kits,
  meOf,
  organisations,
  people,
  requestDetail,
  requests,
  services,
  sessions,
  UNNAMED_TOKEN,
} from './answers.ts'
import { launch } from './browser.ts'
import { furnish } from './furnish.ts'
import { type MockDesk, Refused, startMockDesk } from './mock-desk.ts'

const EXECUTABLE = chromiumPath()
const skip = !EXECUTABLE
  ? 'NO CHROMIUM ON THIS MACHINE: the portal was NOT tried'
  : !existsSync(new URL('../dist/index.html', import.meta.url))
    ? 'THE PORTAL IS NOT BUILT (vite build packages/portal): it was NOT tried'
    : false
const unreachable = { code: 'internal', status: 500, detail: 'It broke.', hint: 'Try again.' }

describe('the portal', { skip }, () => {
  let desk: MockDesk
  let browser: Browser
  let context: BrowserContext
  let page: Page
  before(async () => {
    browser = await launch(EXECUTABLE!)
  })
  after(() => browser?.close())
  beforeEach(async () => {
    desk = await startMockDesk()
    furnish(desk)
    context = await browser.newContext({
      locale: 'en',
      reducedMotion: 'reduce',
      viewport: { width: 1280, height: 800 },
    })
    page = await context.newPage()
  })
  afterEach(async () => {
    await context.close()
    await desk.stop()
  })

  test('a flood is rejected with one reason, and a kit with it is withdrawn', async () => {
    const asked: unknown[] = []
    desk.answer('rejectRequestsOfKit', ({ params, body }) => {
      asked.push([params.id, body])
      return { rejected: 143, left: 1 }
    })
    await page.goto(`${desk.origin}/kits`)
    await page.getByRole('button', { name: 'Reject all 143' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Reject all 143' }).click()
    await dialog.getByText('Say why').waitFor()
    assert.equal(asked.length, 0, 'nothing is sent without a reason')
    await dialog.getByRole('textbox').fill(' a flood ')
    await dialog.getByRole('button', { name: 'Reject all 143' }).click()
    await page.getByText('143 requests rejected; 1 stays').waitFor()

    const flooded = { ...kits.find(({ pending }) => pending > 0)!, state: 'active' as const }
    desk.answer('listKits', () => ({ items: [flooded] }))
    desk.answer('withdrawKit', ({ params }) => {
      asked.push(['withdrawn', params.id])
      return { ok: true }
    })
    await page.goto(`${desk.origin}/kits`)
    await page.getByRole('button', { name: 'Withdraw' }).click()
    await dialog.getByLabel('Also reject the 143 requests that wait').check()
    await dialog.getByRole('textbox').fill('lost')
    await dialog.getByRole('button', { name: 'Withdraw' }).click()
    await page.getByText('is withdrawn').waitFor()
    assert.deepEqual(asked, [
      [flooded.id, { reason: 'a flood' }],
      ['withdrawn', flooded.id],
      [flooded.id, { reason: 'lost' }],
    ])
  })

  test('a request that may only be rejected says so, and does not say that nobody may decide', async () => {
    const seen = requestDetail(58, false)!
    const why = 'Request 58 comes from a blocked key.'
    desk.answer('getRequest', () => ({ ...seen, may: { ...seen.may, approve: false, reject: true, why } }))
    await page.goto(`${desk.origin}/requests/58`)
    await page.getByText('This request cannot be approved').waitFor()
    await page.getByText(why).waitFor()
    assert.equal(await page.getByRole('button', { name: 'Reject' }).count(), 1)
    assert.equal(await page.getByText('You may not decide').count(), 0)
    assert.equal(await page.getByRole('button', { name: 'Approve' }).count(), 0)
  })

  test('a request whose CSR somebody wrote over is shown without one, and can be rejected', async () => {
    const { csr: _, ...seen } = requestDetail(58, false)!
    const why = 'What the database says of request 58 is not what its own CSR gives.'
    const may = { ...seen.may, approve: false, reject: true, why }
    desk.answer('getRequest', () => ({ ...seen, subject: '', may }))
    await page.goto(`${desk.origin}/requests/58`)
    await page.getByText('What the database has is no certificate request').waitFor()
    await page.getByText(why).waitFor()
    assert.equal(await page.getByRole('button', { name: 'Reject' }).count(), 1)
  })

  test('the key of a stolen computer is blocked and its kit approves no more, from the page of its request', async () => {
    const asked: unknown[] = []
    const { applicant } = requestDetail(58, false)!
    desk.answer('blockApplicant', ({ params, body }) => {
      asked.push([params.applicant, body])
      return { ok: true }
    })
    desk.answer('endStandingApproval', ({ params }) => {
      asked.push(params.id)
      return { ...kits[0]!, standingApproval: false }
    })
    await page.goto(`${desk.origin}/requests/58`)
    await page.getByRole('button', { name: 'Block the key' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox').fill('stolen')
    await dialog.getByRole('button', { name: 'Block the key' }).click()
    await page.getByText('The key is blocked.').waitFor()
    await page.getByRole('button', { name: 'End standing approval' }).click()
    await dialog.getByRole('button', { name: 'End standing approval' }).click()
    await page.getByText('approves nothing by itself any more').waitFor()
    assert.deepEqual(asked, [[applicant, { reason: 'stolen' }], kits[0]!.id])

    const lifted: unknown[] = []
    desk.answer('liftApplicant', ({ params }) => {
      lifted.push(params.applicant)
      return { ok: true }
    })
    await page.goto(`${desk.origin}/kits`)
    await page.getByRole('button', { name: 'Lift the block' }).click()
    await dialog.getByRole('button', { name: 'Lift the block' }).click()
    await page.getByText('The key may ask again.').waitFor()
    assert.deepEqual(lifted, [blockedKeys[0]!.applicant])
  })

  test('takes the token out of the address, survives a lost answer with the same key, and makes a .p12 that openssl opens', async () => {
    const authority = await openOffice()
    const asked: { token: string; csr: string }[] = []
    desk.answer('acceptInvitation', async ({ body }) => {
      asked.push(body as (typeof asked)[number])
      if (asked.length === 1) throw new Refused(unreachable)
      const { csr } = body as (typeof asked)[number]
      return {
        certificate: await authority.certify(csr, invitation.name),
        chain: [authority.issuing.pem, authority.root.pem],
        signedIn: true,
      }
    })
    const sent: string[] = []
    page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`))
    const passphrase = 'lantern cobalt verify mango'

    await page.goto(`${desk.origin}/invitation#${'t'.repeat(43)}`)
    await page.getByRole('heading', { name: 'Your invitation' }).waitFor()
    assert.equal(new URL(page.url()).hash, '')

    await page.getByLabel('Passphrase', { exact: false }).first().fill(passphrase)
    await page.getByLabel('The same passphrase again').fill(passphrase)
    await page.getByRole('button', { name: 'Make my certificate' }).click()
    await page.getByText('Tick this box').waitFor()
    assert.equal(asked.length, 0, 'nothing is sent before every field is right')

    await page.getByLabel('I know that nobody can recover').check()
    await page.getByRole('button', { name: 'Make my certificate' }).click()
    await page.getByRole('alert').getByText('It broke.').waitFor()
    await page.getByRole('button', { name: 'Make my certificate' }).click()
    await page.getByRole('heading', { name: 'Your certificate is ready' }).waitFor()
    assert.equal(asked.length, 2)
    assert.deepEqual(asked[0], asked[1], 'the second try uses the same key and request')

    const folder = await mkdtemp(join(tmpdir(), 'scel-portal-'))
    try {
      const download = page.waitForEvent('download')
      await page.getByRole('button', { name: /^Download / }).click()
      const file = join(folder, 'mine.p12')
      await (await download).saveAs(file)
      const text = execFileSync('openssl', ['pkcs12', '-in', file, '-passin', `pass:${passphrase}`, '-nodes'], {
        encoding: 'utf8',
      })
      assert.match(text, /BEGIN PRIVATE KEY/)
      assert.equal(text.match(/BEGIN CERTIFICATE/g)?.length, 2, 'the certificate and its issuer, without the root')
    } finally {
      await rm(folder, { recursive: true })
    }
    assert.ok(!sent.some((call) => call.includes(passphrase)), 'the passphrase never leaves the page')
    assert.ok(!sent.some((call) => call.includes('PRIVATE KEY')), 'nor does the private key')

    await page.getByRole('button', { name: 'Continue to the portal' }).click()
    await page.getByRole('heading', { name: 'Requests' }).waitFor()
  })

  test('protects the .p12 as the device opens it that it is for: this one, unless another is chosen', async () => {
    const authority = await openOffice()
    desk.answer('acceptInvitation', async ({ body }) => {
      const { csr } = body as { csr: string }
      return {
        certificate: await authority.certify(csr, invitation.name),
        chain: [authority.issuing.pem, authority.root.pem],
        signedIn: true,
      }
    })
    const passphrase = 'lantern cobalt verify mango'
    for (const [device, cipher] of [
      [undefined, /AES-256-CBC/],
      ['macOS, iPhone, iPad', /pbeWithSHA1And3-KeyTripleDES-CBC/],
    ] as const) {
      await page.goto('about:blank')
      await page.goto(`${desk.origin}/invitation#${'t'.repeat(43)}`)
      if (device) await page.getByLabel('Where you will import it').selectOption(device)
      await page.getByLabel('Passphrase', { exact: false }).first().fill(passphrase)
      await page.getByLabel('The same passphrase again').fill(passphrase)
      await page.getByLabel('I know that nobody can recover').check()
      await page.getByRole('button', { name: 'Make my certificate' }).click()
      const download = page.waitForEvent('download')
      await page.getByRole('button', { name: /^Download / }).click()
      const file = await (await download).path()
      const { status, stderr } = spawnSync('openssl', [
        ...['pkcs12', '-in', file, '-passin', `pass:${passphrase}`, '-info', '-noout'],
      ])
      assert.equal(status, 0)
      assert.match(String(stderr), cipher)
    }
  })

  test('asks whoever opens an unnamed link who he is, and keeps all that was typed when the address is taken', async () => {
    const authority = await openOffice()
    const asked: { csr: string; name?: string; email?: string }[] = []
    desk.answer('acceptInvitation', async ({ body }) => {
      asked.push(body as (typeof asked)[number])
      const { csr, name = '', email = '' } = body as (typeof asked)[number]
      if (email === 'taken@laposte.example') {
        const said = { detail: `Somebody with the address ${email} is registered.`, hint: 'Give another address.' }
        throw new Refused({ code: 'person_email_taken', status: 409, facts: { email }, ...said })
      }
      return {
        certificate: await authority.certify(csr, name),
        chain: [authority.issuing.pem, authority.root.pem],
        signedIn: true,
      }
    })
    await page.goto(`${desk.origin}/invitation#${UNNAMED_TOKEN}`)
    const make = page.getByRole('button', { name: 'Make my certificate' })
    const name = page.getByRole('textbox', { name: 'Name' })
    const email = page.getByRole('textbox', { name: 'E-mail' })
    const passphrase = page.getByLabel('Passphrase', { exact: false }).first()
    await make.waitFor()

    await passphrase.fill('lantern cobalt verify mango')
    await page.getByLabel('The same passphrase again').fill('lantern cobalt verify mango')
    await page.getByLabel('I know that nobody can recover').check()
    await make.click()
    await page.getByText('A name of 1 to 64 characters.').waitFor()
    await page.getByText('An e-mail address, for example').waitFor()
    assert.equal(await name.evaluate((field) => field === document.activeElement), true, 'the first fault is at hand')
    assert.equal(asked.length, 0, 'nothing is sent before he said who he is')

    await name.fill('  Ana Élan ')
    await email.fill('taken@laposte.example')
    await make.click()
    await page.getByText('Somebody with the address taken@laposte.example is registered.').waitFor()
    await page.waitForFunction(() => document.activeElement?.getAttribute('name') === 'email')
    assert.equal(await email.getAttribute('aria-invalid'), 'true', 'it is said at the field')
    assert.equal(await name.inputValue(), '  Ana Élan ')
    assert.equal(await email.inputValue(), 'taken@laposte.example')
    assert.equal(await passphrase.inputValue(), 'lantern cobalt verify mango')

    await email.fill('ana@laposte.example')
    assert.equal(await page.getByText('is registered').count(), 0, 'what was said of another address is gone')
    await make.click()
    await page.getByRole('heading', { name: 'Your certificate is ready' }).waitFor()
    await page.getByRole('button', { name: 'Download scel-ana-elan.p12' }).waitFor()
    assert.deepEqual(
      asked.map(({ name, email }) => ({ name, email })),
      [
        { name: 'Ana Élan', email: 'taken@laposte.example' },
        { name: 'Ana Élan', email: 'ana@laposte.example' },
      ],
    )
    assert.equal(asked[0]!.csr, asked[1]!.csr, 'the key in hand is used again')
  })

  test('approves after a question, and says who decided when it is decided already', async () => {
    await page.goto(`${desk.origin}/requests/58`)
    desk.answer('approveRequest', () => {
      const facts = { request: 58, state: 'rejected', by: 'Marc Olivier', at: day(0) }
      throw new Refused({ code: 'request_decided_already', status: 409, detail: 'Too late.', hint: 'Reload.', facts })
    })
    await page.getByRole('button', { name: 'Approve' }).click()
    await page.getByRole('button', { name: 'Approve and issue' }).click()
    await page.getByText('This request is decided already').waitFor()
    assert.match((await page.getByRole('alert').textContent()) ?? '', /Marc Olivier decided .* rejected/)

    desk.answer('approveRequest', () => {
      throw new Error('the answer is lost on the way')
    })
    await page.reload()
    await page.getByRole('button', { name: 'Approve' }).click()
    await page.getByRole('button', { name: 'Approve and issue' }).click()
    await page.getByText('may have been done all the same').waitFor()
    await page.reload()
    await page.getByRole('button', { name: 'Approve' }).waitFor()
    const certificate = requestDetail(55, false)!.certificate!
    desk.answer('approveRequest', () => ({
      ...requestDetail(58, false)!,
      ...{ state: 'approved', certificate },
      may: { approve: false, reject: false, revoke: true, revokeNeeds: 'high', withdraw: false, block: true },
    }))
    desk.answer('getRequest', () => ({
      ...requestDetail(58, false)!,
      state: 'approved',
      may: { approve: false, reject: false, revoke: true, revokeNeeds: 'high', withdraw: false, block: true },
    }))
    await page.getByRole('button', { name: 'Approve' }).click()
    await page.getByRole('button', { name: 'Approve and issue' }).click()
    await page.getByText('The certificate is issued').waitFor()
    await page.getByRole('button', { name: 'Approve' }).waitFor({ state: 'detached' })
  })

  test('approves what was seen: with its mark, and when it changed meanwhile, shows it anew and says so', async () => {
    const [seen, now] = ['a', 'b'].map((digit) => `${digit.repeat(64)}.${'0'.repeat(64)}`)
    desk.answer('getRequest', () => ({ ...requestDetail(58, false)!, mark: seen! }))
    await page.goto(`${desk.origin}/requests/58`)
    const marks: unknown[] = []
    desk.answer('approveRequest', ({ query }) => {
      marks.push(query.get('mark'))
      const text = { detail: 'It does not say any more what it said.', hint: 'Look again.' }
      throw new Refused({ code: 'request_changed_since', status: 409, ...text, facts: { request: 58 } })
    })
    await page.getByRole('button', { name: 'Approve' }).click()
    desk.answer('getRequest', () => ({ ...requestDetail(58, false)!, hostName: 'poste-anew', mark: now! }))
    await page.getByRole('button', { name: 'Approve and issue' }).click()
    await page.getByText('It does not say any more what it said.').waitFor()
    await page.getByText('poste-anew').first().waitFor()
    await page.getByRole('button', { name: 'Approve' }).click()
    await page.getByRole('button', { name: 'Approve and issue' }).click()
    await page.waitForFunction(() => document.querySelectorAll('[role=dialog]').length === 0)
    assert.deepEqual(marks, [seen, now])
  })

  test('says of an approval that cannot be signed at once that it stands, and of nothing that it is issued', async () => {
    const unsigned = {
      ...requestDetail(58, false)!,
      state: 'approved' as const,
      may: { approve: false, reject: false, revoke: false, revokeNeeds: 'high' as const, withdraw: false, block: true },
    }
    desk.answer('approveRequest', () => {
      desk.answer('getRequest', () => unsigned)
      return unsigned
    })
    await page.goto(`${desk.origin}/requests/58`)
    await page.getByRole('button', { name: 'Approve' }).click()
    await page.getByRole('button', { name: 'Approve and issue' }).click()
    await page.getByText('will be signed as soon as the authority can').waitFor()
    await page.getByText('Approved, not signed yet').waitFor()
    assert.equal(await page.getByText('The certificate is issued').count(), 0)
  })

  test('asks for the reason of a rejection, and keeps it when the desk refuses', async () => {
    let reason: unknown
    desk.answer('rejectRequest', ({ body }) => {
      reason = body
      throw new Refused(unreachable)
    })
    await page.goto(`${desk.origin}/requests/58`)
    await page.getByRole('button', { name: 'Reject' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Reject' }).click()
    await dialog.getByText('Say why').waitFor()
    assert.equal(reason, undefined)
    await dialog.getByLabel('Reason').fill('Not one of ours.')
    await dialog.getByRole('button', { name: 'Reject' }).click()
    await dialog.getByRole('alert').getByText('It broke.').waitFor()
    assert.deepEqual(reason, { reason: 'Not one of ours.' })
    assert.equal(await dialog.getByLabel('Reason').inputValue(), 'Not one of ours.')
  })

  test('shows a request that arrives, without a reload, and marks it', async () => {
    await page.goto(`${desk.origin}/requests`)
    await page.getByRole('link', { name: 'Request 58' }).waitFor()
    const arrived = { ...requests[0]!, number: 59, hostName: 'JUST-ARRIVED', conflicts: 0 }
    desk.answer('listRequests', () => ({ items: [arrived, ...requests], pending: 4 }))
    desk.tell({ kind: 'request', id: '59', state: 'pending' })
    await page.getByRole('link', { name: 'Request 59 JUST-ARRIVED' }).waitFor()
    await page.getByText('New', { exact: true }).waitFor()
    await page.getByText('A new request arrived').waitFor({ state: 'attached' })
    await page.getByLabel('4 pending requests').waitFor()
  })

  test('filters through the address, so that back and a bookmark work', async () => {
    await page.goto(`${desk.origin}/requests?state=rejected`)
    await page.getByRole('link', { name: 'Request 52' }).waitFor()
    assert.equal(await page.getByRole('link', { name: /^Request \d/ }).count(), 1)
    await page.getByRole('button', { name: 'Clear the filters' }).click()
    await page.getByRole('link', { name: 'Request 58' }).waitFor()
    assert.equal(new URL(page.url()).search, '')
  })

  test('says what a compromised key ends, before and after, and lets a revoked certificate be revoked again for it', async () => {
    const reasons: unknown[] = []
    const done = { certificates: 3, undone: 1 }
    desk.answer('revokeCertificate', ({ params, body }) => {
      reasons.push(body)
      const ended = reasons.length === 1 ? done : { certificates: 0, undone: 0 }
      return { ...certificateDetail(params.id!)!, ended, listed: reasons.length === 1 }
    })
    await page.goto(`${desk.origin}/certificates/${certificates[0]!.id}`)
    await page.getByRole('button', { name: 'Revoke' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Reason').selectOption({ label: 'The private key may be in other hands' })
    await dialog.getByText('Every certificate of the same key ends with this one, in both environments').waitFor()
    await dialog.getByRole('button', { name: 'Revoke for good' }).click()
    await page
      .getByText('3 certificates of the same key are revoked. One that was decided will not be signed.')
      .waitFor()
    const superseded = certificates.find(({ revocationReason }) => revocationReason === 'superseded')!
    await page.goto(`${desk.origin}/certificates/${superseded.id}`)
    await page.getByRole('button', { name: 'Report a compromised key' }).click()
    await dialog.getByText('The revocation keeps its date').waitFor()
    await dialog.getByRole('button', { name: 'The key is compromised' }).click()
    await page.getByText('known as compromised now. The revocation lists will say so as soon as').waitFor()
    assert.deepEqual(reasons, [{ reason: 'keyCompromise' }, { reason: 'keyCompromise' }])
    await page.goto(`${desk.origin}/certificates/${certificates[2]!.id}`)
    await page.getByText('Reason: The private key may be in other hands').waitFor()
    assert.equal(await page.getByRole('button', { name: /compromised key|Revoke/ }).count(), 0)
  })

  test('refuses before the desk does what a session is too weak for, and nothing that it is strong enough for', async () => {
    const strong = meOf('production', 'administrator')
    desk.answer('me', () => ({ ...strong, session: { ...strong.session, how: 'link', strength: 'substantial' } }))
    const mine = certificates[0]!.id
    desk.answer('getCertificate', ({ params }) => {
      const shown = certificateDetail(params.id!)!
      return { ...shown, may: { ...shown.may, revoke: true, revokeNeeds: shown.id === mine ? 'substantial' : 'high' } }
    })
    const dialog = page.getByRole('dialog')
    const refused = async (sends: Locator) => [
      await sends.isDisabled(),
      await sends.locator('xpath=ancestor::form').getByText('Not possible with the way').count(),
    ]
    for (const [id, is] of [
      [mine, [false, 0]],
      [certificates[1]!.id, [true, 1]],
    ] as const) {
      await page.goto(`${desk.origin}/certificates/${id}`)
      await page.getByRole('button', { name: 'Revoke' }).click()
      await dialog.waitFor()
      assert.deepEqual(await refused(dialog.locator('button[type=submit]')), is)
    }
    await page.goto(`${desk.origin}/sessions`)
    await page.getByRole('button', { name: 'Add another computer' }).click()
    await dialog.waitFor()
    assert.deepEqual(await refused(dialog.locator('button[type=submit]')), [false, 0])
    const organisation = `/organisations/${organisations[0]!.id}`
    for (const [address, opens] of [
      ['/organisations/new', undefined],
      [`/people/${people[2]!.id}`, undefined],
      [organisation, 'Change the names'],
      [organisation, 'New service'],
    ] as const) {
      await page.goto(`${desk.origin}${address}`)
      if (opens) await page.getByRole('button', { name: opens, exact: true }).click()
      await page.locator('button[type=submit]').waitFor()
      assert.deepEqual(await refused(page.locator('button[type=submit]')), [true, 1], `${address} ${opens}`)
    }
    await page.goto(`${desk.origin}/deliveries`)
    await page
      .getByRole('button', { name: /^Send again/ })
      .first()
      .waitFor()
    for (const send of await page.getByRole('button', { name: /^Send again/ }).all()) assert.ok(await send.isDisabled())
    await page.goto(`${desk.origin}/sessions`)
    const [own, ofLink] = [
      sessions.items[0]!,
      { ...sessions.items[0]!, id: 'weaker', strength: 'low', from: '10.9.9.9' },
    ]
    desk.answer('listSessions', () => ({ items: [own, { ...ofLink, strength: 'low' }] }))
    await page.reload()
    const end = (from: string) => page.getByRole('button', { name: `End · ${own.person.name} · ${from}` })
    await end(own.from).waitFor()
    assert.deepEqual([await end(own.from).isDisabled(), await end(ofLink.from).isDisabled()], [true, false])
  })

  test('filters the log by what happened, in words', async () => {
    const wanted: (string | null)[] = []
    desk.answer('listAudit', ({ query }) => {
      wanted.push(query.get('action'))
      return { items: audit.filter(({ action }) => action.startsWith(query.get('action') ?? '')) }
    })
    await page.goto(`${desk.origin}/audit`)
    await page.getByRole('row', { name: /Approval refused request\.approved/ }).waitFor()
    const what = page.getByRole('combobox', { name: 'What' })
    await what.selectOption({ label: 'Revocation list published' })
    await page.getByRole('row', { name: /Request approved/ }).waitFor({ state: 'detached' })
    await page.getByRole('row', { name: /Revocation list published crl\.published/ }).waitFor()
    await what.selectOption({ label: 'All: Requests' })
    await page.getByRole('row', { name: /Request replaced by a newer one/ }).waitFor()
    assert.deepEqual(wanted.slice(-2), ['crl.published', 'request.'])
  })

  test('goes to the sign-in page without a session, and to where one wanted to go after it', async () => {
    const out = { code: 'sign_in_required', status: 401, detail: 'You are not signed in.', hint: 'Sign in.' }
    desk.answer('me', () => {
      throw new Refused(out)
    })
    await page.goto(`${desk.origin}/certificates?status=revoked`)
    await page.getByRole('heading', { name: 'Sign in' }).waitFor()
    // The button waits for the desk's address; only then has the form somewhere to go.
    await page.getByRole('button', { name: 'Sign in with my certificate', disabled: false }).waitFor()
    assert.equal(await page.locator('form').getAttribute('action'), 'https://localhost:8444/sign-in')
    furnish(desk)
    await page.goto(desk.origin)
    await page.getByRole('heading', { name: 'Certificates' }).waitFor()
    assert.equal(new URL(page.url()).search, '?status=revoked')
  })

  test('services of an organisation are made, renamed and closed where they are listed', async () => {
    furnish(desk)
    const [first] = services
    const told: unknown[] = []
    let taken = true
    desk.answer('makeService', ({ body }) => {
      if (taken) {
        taken = false
        throw new Refused({ code: 'service_name_taken', status: 409, detail: 'Taken.', hint: 'Choose another name.' })
      }
      told.push(body)
      return { ...first!, ...(body as { name: string }) }
    })
    desk.answer('renameService', ({ params, body }) => {
      told.push(params.service, body)
      return { ...first!, ...(body as { name: string }) }
    })
    desk.answer('closeService', ({ params }) => {
      told.push(params.service)
      return { ...first!, state: 'closed', closedAt: '2026-01-01T00:00:00.000Z' }
    })
    await page.goto(`${desk.origin}/organisations/${organisations[0]!.id}`)
    await page.getByRole('button', { name: 'New service' }).click()
    const name = page.getByLabel('Name of the service')
    assert.ok(await name.evaluate((field) => field === document.activeElement))
    await page.getByRole('button', { name: 'Make the service' }).click()
    await page.getByText('A name of 1 to 64 characters.').waitFor()
    await name.fill('Archives')
    await page.getByRole('button', { name: 'Make the service' }).click()
    await page.getByText('Taken.').waitFor()
    assert.equal(await name.inputValue(), 'Archives')
    await page.getByRole('button', { name: 'Make the service' }).click()
    await name.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: `Rename the service ${first!.name}`, exact: true }).click()
    await name.fill('Parcels')
    await page.getByRole('button', { name: 'Rename it' }).click()
    await name.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: `Close the service ${first!.name}`, exact: true }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Close the service' }).click()
    await dialog.waitFor({ state: 'detached' })
    assert.deepEqual(told, [{ name: 'Archives' }, first!.id, { name: 'Parcels' }, first!.id])
  })

  test('a role is given for a service where the organisation has some, and for all of it where it has none', async () => {
    furnish(desk)
    const given: unknown[] = []
    desk.answer('giveGrant', ({ body }) => {
      given.push(body)
      return people[2]!
    })
    await page.goto(`${desk.origin}/people/${people[2]!.id}`)
    const [organisation, service] = ['Organisation', 'Service'].map((name) => page.getByRole('combobox', { name })) as [
      Locator,
      Locator,
    ]
    await organisation.selectOption(organisations[2]!.id)
    await service.waitFor({ state: 'detached' })
    await organisation.selectOption(organisations[0]!.id)
    await service.locator('option').nth(1).waitFor({ state: 'attached' }) // asked for once the organisation is chosen
    assert.deepEqual(await service.locator('option').allTextContents(), [
      'The organisation as a whole',
      ...services.filter(({ state }) => state === 'open').map(({ name }) => name),
    ])
    await service.selectOption(services[0]!.id)
    await page.getByRole('button', { name: 'Give the role' }).click()
    await page.waitForFunction(() => document.querySelector('select')?.value === '')
    const place = { organisation: organisations[0]!.id, service: services[0]!.id }
    assert.deepEqual(given, [{ role: 'manager', ...place }])
  })

  test('a form waits until the services of the organisation are known, and says so where they cannot be read', async () => {
    furnish(desk)
    const given: unknown[] = []
    desk.answer('giveGrant', ({ body }) => {
      given.push(body)
      return people[2]!
    })
    let go = (): void => undefined
    const held = new Promise<void>((resolve) => {
      go = resolve
    })
    let away = true
    desk.answer('listServices', async () => {
      await held
      if (away) throw new Refused({ code: 'internal', status: 500, detail: 'It broke.', hint: 'Ask again.' })
      return { items: [] }
    })
    await page.goto(`${desk.origin}/people/${people[2]!.id}`)
    await page.getByRole('combobox', { name: 'Organisation' }).selectOption(organisations[0]!.id)
    const give = page.getByRole('button', { name: 'Give the role' })
    await give.click()
    await page.getByText('The services of the organisation are still being read.').waitFor()
    go()
    await page.getByText('The services of this organisation could not be read').waitFor()
    await give.click()
    assert.deepEqual(given, [])
    away = false
    await page.getByRole('button', { name: 'Try again' }).click()
    await page.locator('[data-field="service"]').waitFor({ state: 'detached' })
    await give.click()
    await page.waitForFunction(() => document.querySelector('select')?.value === '')
    assert.deepEqual(given, [{ role: 'manager', organisation: organisations[0]!.id }])
  })

  test('keeps the page and what was typed when the session ends', async () => {
    await page.goto(`${desk.origin}/organisations/new`)
    await page.getByLabel('Code').fill('ABC')
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('A name typed with care')
    desk.answer('createOrganisation', () => {
      throw new Refused({
        code: 'session_ended',
        status: 401,
        detail: 'Your session has ended.',
        hint: 'Sign in again.',
      })
    })
    await page.getByRole('button', { name: 'Register the organisation' }).click()
    await page.getByRole('dialog', { name: 'Your session has ended' }).waitFor()
    desk.answer('me', () => meOf('production', 'administrator'))
    await page.getByRole('button', { name: 'I have signed in: continue' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    assert.equal(await page.getByRole('textbox', { name: 'Name', exact: true }).inputValue(), 'A name typed with care')
  })

  test('hides from each role what it may not do', async () => {
    furnish(desk, 'production', 'manager')
    await page.goto(`${desk.origin}/kits`)
    await page.getByRole('heading', { name: 'Enrolment kits' }).waitFor()
    const navigation = page.getByRole('navigation', { name: 'Main navigation' })
    assert.equal(await navigation.getByRole('link', { name: 'Audit log' }).count(), 0)
    assert.equal(await navigation.getByRole('link', { name: 'People' }).count(), 0)
    assert.equal(await page.getByRole('link', { name: 'Build a kit' }).count(), 0)
    assert.equal(await page.getByRole('button', { name: 'Withdraw' }).count(), 0)
  })

  test('works by keyboard alone: skip link, heading after a change of page, dialogs that close', async () => {
    await page.goto(`${desk.origin}/requests/58`)
    await page.getByRole('button', { name: 'Approve' }).waitFor()
    await page.keyboard.press('Tab')
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Skip to the content')
    await page.getByRole('button', { name: 'Approve' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('dialog').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByRole('link', { name: 'All requests' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Requests' }).waitFor()
    await page.waitForFunction(() => document.activeElement?.tagName === 'H1')
  })

  test('changes language at once, remembers it, and asks the desk in it', async () => {
    await page.goto(`${desk.origin}/requests/58`)
    await page.getByText('This key was never seen before.').waitFor()
    await page.getByRole('button', { name: /Your account/ }).click()
    await page.getByText('French').click()
    await page.getByText('Cette clé n’a jamais été vue.').waitFor()
    await page.reload()
    await page.getByRole('heading', { name: 'Demande 58' }).waitFor()
    assert.equal(await page.locator('html').getAttribute('lang'), 'fr')
  })
})

import { Anchor, Button, Code, Collapse, Text, Tooltip } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { DecodedCsr, RequestDetail } from '@scel/contract/values'
import type { ReactNode } from 'react'
import { keyName, told, useText, useTitle, When } from '../../lib/languages/index.ts'
import { CopyHex, CopyName, PageLink } from '../../lib/parts/index.ts'
import { Facts, Tag } from '../../ui/index.ts'
import { useChoiceFacts } from './choices.tsx'
import classes from './detail-facts.module.css'
import { isForMachine } from './model.ts'

export function SubjectFacts({ request }: { request: RequestDetail }): ReactNode {
  const text = useText()
  const title = useTitle()
  const chosen = useChoiceFacts()
  const { certificate } = request
  return (
    <Facts
      facts={[
        { name: text('request.subject'), value: <CopyName value={request.subject} /> },
        { name: text('requests.profile'), value: title(request.profile.title) },
        ...chosen(request.choices),
        {
          name: text('requests.organisation'),
          value: request.organisation ? `${request.organisation.code} · ${request.organisation.name}` : null,
        },
        ...(request.service ? [{ name: text('service.label'), value: request.service.name }] : []),
        {
          name: text('request.store'),
          value: request.store
            ? `${text(`store.${request.store}`)} (${text(`store.${request.store}Explained`)})`
            : null,
        },
        { name: text(`request.origin.${request.origin.kind}`), value: told(text, request.origin.name) },
        {
          name: text('request.certificate'),
          value: certificate ? (
            <PageLink to="/certificates/$id" params={{ id: certificate.id }} ff="monospace" size="sm">
              {certificate.serial}
            </PageLink>
          ) : null,
        },
        { name: text('request.validUntil'), value: certificate ? <When at={certificate.notAfter} as="date" /> : null },
      ]}
    />
  )
}

export function MachineFacts({ request }: { request: RequestDetail }): ReactNode {
  const text = useText()
  const { machine } = request
  const own = machine && [
    { name: text('request.hostName'), value: machine.hostName },
    { name: text('request.system'), value: `${machine.operatingSystem} ${machine.operatingSystemVersion}`.trim() },
    { name: text('request.architecture'), value: machine.architecture },
    { name: text('request.processor'), value: machine.processor },
    { name: text('request.processorId'), value: machine.processorId },
    {
      name: text('request.mac'),
      value: machine.macAddresses.length ? <Mono lines={machine.macAddresses} /> : null,
    },
  ]
  return (
    <Facts
      facts={[
        ...(own ??
          (isForMachine(request) ? [{ name: text('request.hostName'), value: text('request.unreadable') }] : [])),
        { name: text('request.from'), value: request.from === undefined ? null : <Mono lines={[request.from]} /> },
        ...(request.applicant === undefined
          ? []
          : [{ name: text('request.applicant'), value: <CopyHex value={request.applicant} /> }]),
      ]}
    />
  )
}

/** To this address and nothing else: what follows `?` would be a subject, a text, other recipients (RFC 6068 §2). */
const mailTo = (email: string): string => `mailto:${encodeURIComponent(email)}`

export function ContactFacts({ contact }: { contact: NonNullable<RequestDetail['contact']> }): ReactNode {
  const text = useText()
  return (
    <Facts
      facts={[
        {
          name: text('request.email'),
          value: contact.email ? (
            <Anchor href={mailTo(contact.email)}>{contact.email}</Anchor>
          ) : (
            told(text, contact.email)
          ),
        },
        {
          name: text('request.telephone'),
          value: contact.telephone ? (
            <Anchor href={`tel:${contact.telephone.replace(/[^+0-9]/g, '')}`}>{contact.telephone}</Anchor>
          ) : null,
        },
        {
          name: text('request.description'),
          value: contact.description ? <span className={classes.lines}>{contact.description}</span> : null,
        },
      ]}
    />
  )
}

export function CsrFacts({ csr }: { csr: DecodedCsr }): ReactNode {
  const text = useText()
  const [shown, { toggle }] = useDisclosure(false)
  return (
    <>
      <Facts
        facts={[
          { name: text('request.csrSubject'), value: <CopyName value={csr.subject} /> },
          { name: text('request.key'), value: keyName(text, csr.key) },
          { name: text('request.keyFingerprint'), value: <CopyHex value={csr.key.fingerprint} /> },
          { name: text('request.signature'), value: csr.signatureAlgorithm },
          { name: text('request.names'), value: <Words words={csr.names} /> },
          { name: text('request.usages'), value: <Words words={csr.usages} /> },
          { name: text('request.extendedUsages'), value: <Words words={csr.extendedUsages} /> },
          {
            name: text('request.attributes'),
            value: csr.otherAttributes.length ? <Mono lines={csr.otherAttributes} /> : null,
          },
        ]}
      />
      <Tooltip label={text('request.pemTooltip')}>
        <Button variant="default" size="compact-sm" mt="md" onClick={toggle} aria-expanded={shown}>
          {text(shown ? 'request.hidePem' : 'request.showPem')}
        </Button>
      </Tooltip>
      <Collapse expanded={shown}>
        <Code block mt="sm" className={classes.pem} tabIndex={0}>
          {csr.pem}
        </Code>
      </Collapse>
    </>
  )
}

function Words({ words }: { words: readonly string[] }): ReactNode {
  const text = useText()
  if (words.length === 0)
    return (
      <Text span c="dimmed" size="sm">
        {text('request.none')}
      </Text>
    )
  return (
    <span className={classes.words}>
      {words.map((word) => (
        <Tag key={word} tone="neutral" plain>
          {word}
        </Tag>
      ))}
    </span>
  )
}

function Mono({ lines }: { lines: readonly string[] }): ReactNode {
  return (
    <span className={classes.mono}>
      {lines.map((line) => (
        <span key={line}>{line}</span>
      ))}
    </span>
  )
}

import { Anchor } from '@mantine/core'
import type { CertificateDetail } from '@scel/contract/values'
import type { ReactNode } from 'react'
import { keyName, useText, useTitle, When } from '../../lib/languages/index.ts'
import { CopyHex, CopyName, PageLink } from '../../lib/parts/index.ts'
import { Facts, Tag } from '../../ui/index.ts'
import classes from './detail-facts.module.css'

export function IdentityFacts({ certificate }: { certificate: CertificateDetail }): ReactNode {
  const text = useText()
  const title = useTitle()
  const { organisation, service, request } = certificate
  return (
    <Facts
      facts={[
        { name: text('certificate.subject'), value: <CopyName value={certificate.subject} /> },
        { name: text('certificate.issuer'), value: certificate.issuer.name },
        { name: text('certificate.serial'), value: <CopyHex value={certificate.serial} /> },
        {
          name: text('certificate.names'),
          value: certificate.names.length ? <Lines lines={certificate.names} /> : null,
        },
        { name: text('certificate.profile'), value: title(certificate.profile.title) },
        { name: text('certificate.usages'), value: <Words words={certificate.usages} /> },
        { name: text('certificate.extendedUsages'), value: <Words words={certificate.extendedUsages} /> },
        {
          name: text('certificate.organisation'),
          value: organisation ? (
            <PageLink to="/organisations/$id" params={{ id: organisation.id }} size="sm">
              {organisation.code} · {organisation.name}
            </PageLink>
          ) : null,
        },
        ...(service ? [{ name: text('service.label'), value: service.name }] : []),
        {
          name: text('certificate.request'),
          value: request ? (
            <PageLink to="/requests/$number" params={{ number: String(request) }} size="sm">
              {text('certificate.requestLink', { number: request })}
            </PageLink>
          ) : null,
        },
        { name: text('certificate.issued'), value: <When at={certificate.issuedAt} /> },
      ]}
    />
  )
}

export function TechnicalFacts({ certificate }: { certificate: CertificateDetail }): ReactNode {
  const text = useText()
  return (
    <Facts
      facts={[
        { name: text('certificate.fingerprint'), value: <CopyHex value={certificate.fingerprint} /> },
        { name: text('certificate.keyFingerprint'), value: <CopyHex value={certificate.key.fingerprint} /> },
        { name: text('certificate.key'), value: keyName(text, certificate.key) },
        { name: text('certificate.signature'), value: certificate.signatureAlgorithm },
        { name: text('certificate.crl'), value: <Addresses addresses={certificate.crl} /> },
        { name: text('certificate.ocsp'), value: <Lines lines={certificate.ocsp} /> },
      ]}
    />
  )
}

function Words({ words }: { words: readonly string[] }): ReactNode {
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

function Lines({ lines }: { lines: readonly string[] }): ReactNode {
  return (
    <span className={classes.lines}>
      {lines.map((line) => (
        <span key={line}>{line}</span>
      ))}
    </span>
  )
}

function Addresses({ addresses }: { addresses: readonly string[] }): ReactNode {
  return (
    <span className={classes.lines}>
      {addresses.map((address) => (
        <Anchor key={address} href={address} size="sm">
          {address}
        </Anchor>
      ))}
    </span>
  )
}

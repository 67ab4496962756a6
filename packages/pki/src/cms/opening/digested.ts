// DigestedData (RFC 5652 §7): content and its digest, which whoever changes the one changes with it. Read only.

import { digestByOid } from '../../algorithms/index.ts'
import type { BerStream } from '../../asn1/ber-stream.ts'
import { DerReader } from '../../asn1/index.ts'
import { equal } from '../../bytes/index.ts'
import { digestStream } from '../../crypto/index.ts'
import { fail } from '../../errors/index.ts'
import { rowOf } from '../algorithm-identifier.ts'
import type { OpenOptions } from '../open-options.ts'
import type { ByteSink } from '../sink.ts'
import { contentParts, enterContent, readVersion } from '../structure.ts'
import type { OpenedFacts } from './enveloped.ts'

export async function openDigested(stream: BerStream, _options: OpenOptions, sink: ByteSink): Promise<OpenedFacts> {
  await readVersion(stream, [0, 2])
  const row = DerReader.whole(await stream.element(SMALL), 'digestAlgorithm', (reader) =>
    reader.sequence((fields) => rowOf(fields, digestByOid)),
  )
  const contentType = await enterContent(stream)
  const running = digestStream(row.name)
  for await (const part of contentParts(stream)) {
    running.update(part)
    await sink.write(part)
  }
  const said = DerReader.whole(await stream.element(SMALL), 'digest', (reader) => reader.octetString())
  if (!equal(said, await running.digest())) fail('cms_malformed', { what: 'digest' })
  return { contentType, cipher: '', recipients: Object.freeze([]), authenticated: false }
}

const SMALL = 1024

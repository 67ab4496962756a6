import { checkDer, DerReader, oid, sequence } from '../../asn1/index.ts'
import type { ExtensionCodec } from './extension.ts'
import type { QcKind, QcStatement } from './qc-statement.ts'
import { QC_STATEMENTS, readSemantics } from './qc-statement.ts'

/** RFC 3739 §3.2.6 */
export const qcStatements: ExtensionCodec<readonly QcStatement[]> = {
  oid: '1.3.6.1.5.5.7.1.3',
  critical: () => false,
  parse: (der) =>
    DerReader.whole(der, 'qcStatements', (reader) =>
      Object.freeze(reader.sequenceOf((item) => Object.freeze(item.sequence(readStatement)))),
    ),
  write: (statements) => sequence(statements.map(writeStatement)),
}

function readStatement(fields: DerReader): QcStatement {
  const dotted = fields.oid()
  const kind = kinds.get(dotted)
  if (kind) return QC_STATEMENTS[kind].read(fields)
  if (dotted === SYNTAX_1) return { ...readSemantics(fields), syntax: 1 }
  if (fields.done) return { kind: 'other', oid: dotted }
  const info = fields.element()
  checkDer(info, 'qcStatements')
  return { kind: 'other', oid: dotted, info }
}

function writeStatement(statement: QcStatement): Uint8Array {
  if (statement.kind === 'other') return sequence(oid(statement.oid), statement.info ? [statement.info] : [])
  const row = QC_STATEMENTS[statement.kind]
  const dotted = statement.kind === 'semantics' && statement.syntax === 1 ? SYNTAX_1 : row.oid
  // The row was found by the statement's own kind, which the compiler cannot follow.
  const write = row.write as (statement: QcStatement) => readonly Uint8Array[]
  return sequence(oid(dotted), write(statement))
}

const kinds = new Map(Object.entries(QC_STATEMENTS).map(([kind, row]) => [row.oid, kind as QcKind]))
const SYNTAX_1 = '1.3.6.1.5.5.7.11.1'

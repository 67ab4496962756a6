import { Box, Paper, Table } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { type ColumnDef, tableFeatures, useTable } from '@tanstack/react-table'
import { type ReactNode, type RefObject, useMemo, useRef } from 'react'
import classes from './data-table.module.css'
import { type ListForm, useFittingForm } from './use-fitting-form.ts'

export interface Column<Row> {
  readonly key: string
  readonly header: string
  readonly cell: (row: Row) => ReactNode
  /** Where it goes on a phone: the card's heading, its corner, a line with its name, or nowhere. Default: a line. */
  readonly narrow?: 'heading' | 'corner' | 'line' | 'foot' | 'hidden'
  /** Of a table, the column that needs room for names. */
  readonly wide?: boolean
  /** Several words, which would stand one under the other without some room. */
  readonly wordy?: boolean
  /** Numbers and dates stay on one line. */
  readonly still?: boolean
  /** The header is for screen readers only, as over a column of buttons. */
  readonly silent?: boolean
}

interface DataTableProps<Row> {
  readonly label: string
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  readonly rowKey: (row: Row) => string
  /** Rows to mark as new. */
  readonly fresh?: (row: Row) => boolean
}

const features = tableFeatures({})

/** A list: a table where there is room for it with the reader's fonts, cards elsewhere and on a phone. */
export function DataTable<Row extends object>(props: DataTableProps<Row>): ReactNode {
  const narrow = useMediaQuery('(max-width: 52em)', undefined, { getInitialValueInEffect: false })
  const frame = useRef<HTMLDivElement>(null)
  const region = useRef<HTMLDivElement>(null)
  const form = useFittingForm(frame, region, [narrow, props.columns, props.rows])
  return (
    <div ref={frame}>
      {narrow || form === 'cards' ? <Cards {...props} /> : <Rows {...props} form={form} region={region} />}
    </div>
  )
}

interface RowsProps<Row> extends DataTableProps<Row> {
  readonly form: ListForm
  readonly region: RefObject<HTMLDivElement | null>
}

function Rows<Row extends object>({ label, columns, rows, rowKey, fresh, form, region }: RowsProps<Row>): ReactNode {
  const definitions = useMemo<ColumnDef<typeof features, Row>[]>(
    () =>
      columns.map((column) => ({
        id: column.key,
        header: column.header,
        cell: ({ row }) => column.cell(row.original),
      })),
    [columns],
  )
  const data = useMemo(() => [...rows], [rows])
  const table = useTable({ features, columns: definitions, data, getRowId: rowKey })
  const byKey = useMemo(() => new Map(columns.map((column) => [column.key, column])), [columns])
  return (
    <Paper p={0} className={classes.frame}>
      <Box ref={region} className={classes.scroll} role="region" aria-label={label} tabIndex={0}>
        <Table
          className={classes.table}
          data-tight={form === 'tight' || undefined}
          verticalSpacing="sm"
          horizontalSpacing={form === 'tight' ? 'xs' : 'sm'}
          highlightOnHover
          aria-label={label}
        >
          <Table.Thead>
            {table.getHeaderGroups().map((group) => (
              <Table.Tr key={group.id}>
                {group.headers.map((header) => (
                  <Table.Th key={header.id} scope="col">
                    <span data-silent={byKey.get(header.id)?.silent || undefined}>
                      <table.FlexRender header={header} />
                    </span>
                  </Table.Th>
                ))}
              </Table.Tr>
            ))}
          </Table.Thead>
          <Table.Tbody>
            {table.getRowModel().rows.map((row) => (
              <Table.Tr key={row.id} data-fresh={fresh?.(row.original) || undefined}>
                {row.getAllCells().map((cell) => (
                  <Table.Td
                    key={cell.id}
                    data-still={byKey.get(cell.column.id)?.still || undefined}
                    data-wide={byKey.get(cell.column.id)?.wide || undefined}
                    data-wordy={byKey.get(cell.column.id)?.wordy || undefined}
                  >
                    <table.FlexRender cell={cell} />
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Box>
    </Paper>
  )
}

function Cards<Row extends object>({ label, columns, rows, rowKey, fresh }: DataTableProps<Row>): ReactNode {
  const at = (place: NonNullable<Column<Row>['narrow']>) =>
    columns.filter((column) => (column.narrow ?? 'line') === place)
  return (
    <ul className={classes.cards} aria-label={label}>
      {rows.map((row) => (
        <li key={rowKey(row)} className={classes.card} data-fresh={fresh?.(row) || undefined}>
          <div className={classes.head}>
            <div className={classes.heading}>
              {at('heading').map((column) => (
                <div key={column.key}>{column.cell(row)}</div>
              ))}
            </div>
            {at('corner').map((column) => (
              <div key={column.key}>{column.cell(row)}</div>
            ))}
          </div>
          <dl>
            {at('line').map((column) => {
              const value = column.cell(row)
              return value === null || value === undefined || value === '' ? null : (
                <div key={column.key}>
                  <dt>{column.header}</dt>
                  <dd>{value}</dd>
                </div>
              )
            })}
          </dl>
          {at('foot').map((column) => (
            <div key={column.key} className={classes.foot}>
              {column.cell(row)}
            </div>
          ))}
        </li>
      ))}
    </ul>
  )
}

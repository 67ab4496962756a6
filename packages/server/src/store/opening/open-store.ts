import type { Order } from '../../core/work.ts'

/** An open database: units of work over the stores, until it is closed. */
export interface OpenStore<S> {
  /**
   * One unit of work: all that `run` writes is stored durably, or nothing. `run` awaits nothing but stores, and may be
   * run again after a conflict.
   *
   * @param order of a database that several desks change; the embedded one writes one unit at a time. @default 'serial'
   * @throws whatever `run` throws; DeskError storage_full, storage_unavailable, storage_contended
   */
  transaction<T>(run: (stores: S) => Promise<T>, order?: Order): Promise<T>
  /** Reads one state of the database; what is written meanwhile is not seen. @throws as `transaction` */
  read<T>(run: (stores: S) => Promise<T>): Promise<T>
  /** Asks somebody to look at each new connection to a server, before anything else is asked on it; of the embedded database there are none. */
  onConnected(look: (stores: S) => Promise<void>): void
  /**
   * From now on only connections that are made from now on are used: what runs on another is run again on one of them, and is not acknowledged
   * where that comes too late. Of the embedded database there are none.
   */
  reconnect(): void
  /** Finishes what was begun and closes the database. May be called twice. */
  close(): Promise<void>
}

/** A database as it would be once it was opened: whatever was made for it is taken back by `close`. */
export interface Trial<S> {
  read<T>(run: (stores: S) => Promise<T>): Promise<T>
  close(): Promise<void>
}

/** The half of it that cannot write. */
export type OpenReader<S> = Pick<OpenStore<S>, 'read' | 'onConnected' | 'reconnect' | 'close'>

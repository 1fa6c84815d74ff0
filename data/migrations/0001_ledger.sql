-- The ledger, version 1.
--
-- Money is whole fen. Times are UTC, in milliseconds since 1970; 0 stands for
-- "not yet". Text is never NULL; '' stands for "none". The constraints below
-- are the rules of the shop that no fault of the program may break.

CREATE TABLE staff (
  id         INTEGER PRIMARY KEY,
  name       TEXT    NOT NULL CHECK (name <> ''),
  role       TEXT    NOT NULL CHECK (role <> '')
) STRICT;

INSERT INTO staff (id, name, role) VALUES (1, '店主', 'owner');

CREATE TABLE settings (
  key   TEXT NOT NULL PRIMARY KEY CHECK (key <> ''),
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A sale's id is its receipt number read as a number: till * 1,000,000 + the
-- sequence, which has no gaps. So the number needs no index of its own.
CREATE TABLE sales (
  id             INTEGER PRIMARY KEY CHECK (id BETWEEN 1000001 AND 99999999 AND id % 1000000 > 0),
  day            TEXT    NOT NULL CHECK (day GLOB '????-??-??'),
  created_at     INTEGER NOT NULL,
  staff_id       INTEGER NOT NULL REFERENCES staff (id),
  amount         INTEGER NOT NULL CHECK (amount > 0),
  undiscountable INTEGER NOT NULL CHECK (undiscountable BETWEEN 0 AND amount),
  paid           INTEGER NOT NULL CHECK (paid >= 0),
  refunded       INTEGER NOT NULL CHECK (refunded BETWEEN 0 AND paid),
  state          TEXT    NOT NULL CHECK (state IN ('open', 'pending', 'unknown', 'part_paid', 'paid', 'failed', 'closed', 'reversed', 'part_refunded', 'refunded')),
  attention      TEXT    NOT NULL CHECK (attention IN ('', 'late_paid', 'overpaid', 'taken')),
  remark         TEXT    NOT NULL,
  items          TEXT    NOT NULL -- JSON, '' for none
) STRICT;

CREATE INDEX sales_day ON sales (day);
CREATE INDEX sales_attention ON sales (id) WHERE attention <> '';

CREATE TABLE tenders (
  id           INTEGER PRIMARY KEY,
  sale_id      INTEGER NOT NULL REFERENCES sales (id),
  attempt      INTEGER NOT NULL CHECK (attempt BETWEEN 1 AND 999),
  intent       TEXT    NOT NULL UNIQUE CHECK (intent <> ''),
  channel      TEXT    NOT NULL CHECK (channel <> ''),
  method       TEXT    NOT NULL CHECK (method IN ('code', 'qr', 'cash')),
  wallet       TEXT    NOT NULL,
  out_trade_no TEXT    NOT NULL UNIQUE CHECK (out_trade_no <> ''),
  trade_no     TEXT    NOT NULL,
  amount       INTEGER NOT NULL CHECK (amount > 0),
  tendered     INTEGER NOT NULL CHECK (tendered >= 0),
  change       INTEGER NOT NULL CHECK (change >= 0),
  refunded     INTEGER NOT NULL CHECK (refunded BETWEEN 0 AND amount),
  state        TEXT    NOT NULL CHECK (state IN ('created', 'pending', 'unknown', 'paid', 'failed', 'closed', 'reversed')),
  reason       TEXT    NOT NULL,
  code         TEXT    NOT NULL,
  payer        TEXT    NOT NULL,
  masked_code  TEXT    NOT NULL CHECK (length(masked_code) <= 10), -- never a whole pay code
  cancel_asked INTEGER NOT NULL CHECK (cancel_asked IN (0, 1)),
  parked       INTEGER NOT NULL CHECK (parked IN (0, 1)),
  created_at   INTEGER NOT NULL,
  ended_at     INTEGER NOT NULL,
  paid_at      INTEGER NOT NULL,
  late         INTEGER NOT NULL CHECK (late IN (0, 1)),
  queries      INTEGER NOT NULL CHECK (queries >= 0),
  cancels      INTEGER NOT NULL CHECK (cancels >= 0),
  UNIQUE (sale_id, attempt),
  CHECK ((channel = 'cash') = (method = 'cash')),
  CHECK (CASE WHEN method = 'cash' THEN tendered - change = amount AND trade_no = '' ELSE tendered = 0 AND change = 0 END),
  CHECK (refunded = 0 OR state IN ('paid', 'reversed'))
) STRICT;

-- At most one open tender a sale, and a way to find all of them at once.
CREATE UNIQUE INDEX tenders_open ON tenders (sale_id) WHERE state IN ('created', 'pending', 'unknown');
CREATE INDEX tenders_trade_no ON tenders (trade_no) WHERE trade_no <> '';

CREATE TABLE refunds (
  id         INTEGER PRIMARY KEY,
  sale_id    INTEGER NOT NULL REFERENCES sales (id),
  tender_id  INTEGER NOT NULL REFERENCES tenders (id),
  intent     TEXT    NOT NULL UNIQUE CHECK (intent <> ''),
  request_no TEXT    NOT NULL UNIQUE CHECK (request_no <> ''),
  amount     INTEGER NOT NULL CHECK (amount > 0),
  reason     TEXT    NOT NULL,
  state      TEXT    NOT NULL CHECK (state IN ('created', 'unknown', 'done', 'refused')),
  why        TEXT    NOT NULL,
  code       TEXT    NOT NULL,
  staff_id   INTEGER NOT NULL REFERENCES staff (id),
  day        TEXT    NOT NULL CHECK (day GLOB '????-??-??'),
  created_at INTEGER NOT NULL,
  ended_at   INTEGER NOT NULL,
  tries      INTEGER NOT NULL CHECK (tries >= 0)
) STRICT;

CREATE INDEX refunds_sale ON refunds (sale_id);
CREATE INDEX refunds_open ON refunds (tender_id) WHERE state IN ('created', 'unknown');

-- The timeline of a sale, kept together by sale.
CREATE TABLE events (
  sale_id   INTEGER NOT NULL REFERENCES sales (id),
  n         INTEGER NOT NULL CHECK (n > 0),
  tender_id INTEGER NOT NULL, -- 0: the sale as a whole
  refund_id INTEGER NOT NULL, -- 0: no refund
  at        INTEGER NOT NULL,
  kind      TEXT    NOT NULL CHECK (kind <> ''),
  detail    TEXT    NOT NULL,
  amount    INTEGER NOT NULL,
  PRIMARY KEY (sale_id, n)
) STRICT, WITHOUT ROWID;

-- copy makes automatic papers unique: 0 for the receipt, the refund's id for
-- its slip, the tender's or refund's id for an opening of the drawer, a count
-- for reprints.
CREATE TABLE print_jobs (
  id         INTEGER PRIMARY KEY,
  kind       TEXT    NOT NULL CHECK (kind IN ('receipt', 'reprint', 'refund', 'drawer', 'test')),
  sale_id    INTEGER REFERENCES sales (id), -- NULL for a test page or the drawer alone
  refund_id  INTEGER REFERENCES refunds (id),
  copy       INTEGER NOT NULL,
  state      TEXT    NOT NULL CHECK (state IN ('queued', 'sending', 'done', 'stuck', 'skipped')),
  tries      INTEGER NOT NULL CHECK (tries >= 0),
  drawer     INTEGER NOT NULL CHECK (drawer IN (0, 1)),
  created_at INTEGER NOT NULL,
  not_before INTEGER NOT NULL,
  ended_at   INTEGER NOT NULL,
  last_error TEXT    NOT NULL,
  UNIQUE (sale_id, kind, copy),
  CHECK (sale_id IS NOT NULL OR kind IN ('drawer', 'test')),
  CHECK ((kind = 'refund') <= (refund_id IS NOT NULL))
) STRICT;

CREATE INDEX print_jobs_left ON print_jobs (id) WHERE state IN ('queued', 'sending', 'stuck');

-- The journal: every movement of money and every act that matters. hash is a
-- keyed hash over the row and the hash before it; proof is a hash over the
-- records that the row speaks of. paid and refunded are what the row added to
-- the sale's sums, sale_paid and sale_refunded are those sums after it.
CREATE TABLE journal (
  seq           INTEGER PRIMARY KEY,
  at            INTEGER NOT NULL,
  day           TEXT    NOT NULL,
  kind          TEXT    NOT NULL CHECK (kind <> ''),
  staff_id      INTEGER NOT NULL,
  sale_id       INTEGER NOT NULL, -- 0: none
  tender_id     INTEGER NOT NULL, -- 0: none
  refund_id     INTEGER NOT NULL, -- 0: none
  channel       TEXT    NOT NULL,
  amount        INTEGER NOT NULL,
  paid          INTEGER NOT NULL,
  refunded      INTEGER NOT NULL,
  sale_paid     INTEGER NOT NULL,
  sale_refunded INTEGER NOT NULL,
  detail        TEXT    NOT NULL,
  proof         BLOB    NOT NULL,
  hash          BLOB    NOT NULL CHECK (length(hash) = 32)
) STRICT;

-- Where the journal ends, sealed with the same key, so that a cut tail shows.
CREATE TABLE journal_head (
  id   INTEGER PRIMARY KEY CHECK (id = 1),
  seq  INTEGER NOT NULL,
  seal BLOB    NOT NULL
) STRICT;

-- What the journal sums up to, kept with every row of money, so that a day is
-- read at once however large the ledger is. sales counts a sale under the
-- channel that brought its first money.
CREATE TABLE day_totals (
  day       TEXT    NOT NULL,
  channel   TEXT    NOT NULL,
  sales     INTEGER NOT NULL,
  payments  INTEGER NOT NULL,
  paid      INTEGER NOT NULL,
  refunds   INTEGER NOT NULL,
  refunded  INTEGER NOT NULL,
  PRIMARY KEY (day, channel)
) STRICT, WITHOUT ROWID;

-- Append only. REPLACE removes a row without a DELETE trigger, so the insert
-- itself must come at the end.
CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_no_delete BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_at_end BEFORE INSERT ON journal
  WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM journal)
  BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

CREATE TRIGGER events_no_update BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER events_no_delete BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER events_at_end BEFORE INSERT ON events
  WHEN NEW.n <> (SELECT coalesce(max(n), 0) + 1 FROM events WHERE sale_id = NEW.sale_id)
  BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;

-- Records are never deleted, and what was agreed when they were made stays.
CREATE TRIGGER sales_no_delete BEFORE DELETE ON sales BEGIN SELECT RAISE(ABORT, 'sales are never deleted'); END;
CREATE TRIGGER sales_fixed BEFORE UPDATE OF id, day, created_at, staff_id, amount, undiscountable, remark, items ON sales
  BEGIN SELECT RAISE(ABORT, 'this column of a sale never changes'); END;
CREATE TRIGGER tenders_no_delete BEFORE DELETE ON tenders BEGIN SELECT RAISE(ABORT, 'tenders are never deleted'); END;
CREATE TRIGGER tenders_fixed BEFORE UPDATE OF id, sale_id, attempt, intent, channel, method, wallet, out_trade_no, amount, tendered, change, masked_code, created_at ON tenders
  BEGIN SELECT RAISE(ABORT, 'this column of a tender never changes'); END;
CREATE TRIGGER refunds_no_delete BEFORE DELETE ON refunds BEGIN SELECT RAISE(ABORT, 'refunds are never deleted'); END;
CREATE TRIGGER refunds_fixed BEFORE UPDATE OF id, sale_id, tender_id, intent, request_no, amount, reason, staff_id, day, created_at ON refunds
  BEGIN SELECT RAISE(ABORT, 'this column of a refund never changes'); END;

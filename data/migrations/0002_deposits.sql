-- The ledger, version 2: deposits.
--
-- Everything of version 1 stays as it is. Money, times and text are kept as
-- there.

-- A deposit's id is its receipt number read as a number: (till + 50) *
-- 1,000,000 + a sequence of its own without gaps, so no deposit has the number
-- of a sale. What is booked only grows: a hold that the channel gave free by
-- itself is held and released.
CREATE TABLE deposits (
  id           INTEGER PRIMARY KEY CHECK (id BETWEEN 51000001 AND 99999999 AND id % 1000000 > 0),
  day          TEXT    NOT NULL CHECK (day GLOB '????-??-??'),
  created_at   INTEGER NOT NULL,
  staff_id     INTEGER NOT NULL REFERENCES staff (id),
  intent       TEXT    NOT NULL UNIQUE CHECK (intent <> ''),
  channel      TEXT    NOT NULL CHECK (channel <> ''),
  method       TEXT    NOT NULL CHECK (method IN ('code', 'qr', 'cash')),
  wallet       TEXT    NOT NULL,
  out_order_no TEXT    NOT NULL UNIQUE CHECK (out_order_no <> ''),
  request_no   TEXT    NOT NULL UNIQUE CHECK (request_no <> ''),
  auth_no      TEXT    NOT NULL,
  hold_id      TEXT    NOT NULL,
  payer_id     TEXT    NOT NULL,
  payer        TEXT    NOT NULL,
  masked_code  TEXT    NOT NULL CHECK (length(masked_code) <= 10), -- never a whole pay code
  amount       INTEGER NOT NULL CHECK (amount > 0),
  tendered     INTEGER NOT NULL CHECK (tendered >= 0),
  change       INTEGER NOT NULL CHECK (change >= 0),
  held         INTEGER NOT NULL CHECK (held IN (0, amount)),
  captured     INTEGER NOT NULL CHECK (captured >= 0),
  released     INTEGER NOT NULL CHECK (released >= 0),
  refunded     INTEGER NOT NULL CHECK (refunded BETWEEN 0 AND captured),
  hold         TEXT    NOT NULL CHECK (hold IN ('created', 'pending', 'unknown', 'paid', 'failed', 'closed', 'reversed')), -- paid: held
  state        TEXT    NOT NULL CHECK (state IN ('pending', 'unknown', 'held', 'captured', 'released', 'failed', 'closed')),
  attention    TEXT    NOT NULL CHECK (attention IN ('', 'late_paid', 'taken')),
  reason       TEXT    NOT NULL,
  code         TEXT    NOT NULL,
  room         TEXT    NOT NULL,
  guest        TEXT    NOT NULL,
  phone        TEXT    NOT NULL,
  nights       INTEGER NOT NULL CHECK (nights >= 0), -- 0: not said
  remark       TEXT    NOT NULL,
  cancel_asked INTEGER NOT NULL CHECK (cancel_asked IN (0, 1)),
  parked       INTEGER NOT NULL CHECK (parked IN (0, 1)),
  held_at      INTEGER NOT NULL,
  ended_at     INTEGER NOT NULL,
  late         INTEGER NOT NULL CHECK (late IN (0, 1)),
  queries      INTEGER NOT NULL CHECK (queries >= 0),
  cancels      INTEGER NOT NULL CHECK (cancels >= 0),
  CHECK (captured + released <= held),
  CHECK (CASE hold WHEN 'paid' THEN held = amount WHEN 'reversed' THEN captured + released = held ELSE held = 0 END),
  CHECK ((channel = 'cash') = (method = 'cash')),
  CHECK (CASE WHEN method = 'cash' THEN tendered - change = amount AND hold = 'paid' AND auth_no = '' AND hold_id = '' ELSE tendered = 0 AND change = 0 END)
) STRICT;

CREATE INDEX deposits_day ON deposits (day);
CREATE INDEX deposits_state ON deposits (state, day);
CREATE INDEX deposits_held ON deposits (id) WHERE held > captured + released;
CREATE INDEX deposits_open ON deposits (id) WHERE hold IN ('created', 'pending', 'unknown');
CREATE INDEX deposits_unknown ON deposits (id) WHERE state = 'unknown';
CREATE INDEX deposits_attention ON deposits (id) WHERE attention <> '';
CREATE INDEX deposits_auth_no ON deposits (auth_no) WHERE auth_no <> '';
CREATE INDEX deposits_hold_id ON deposits (hold_id) WHERE hold_id <> '';
-- Lists are summed and words looked for in these, which are far smaller than
-- the table. People put gaps and dashes into telephone numbers, so it is the
-- digits that are looked for.
CREATE INDEX deposits_sums ON deposits (state, held, captured, released, refunded);
CREATE INDEX deposits_guest ON deposits (room, guest, remark, replace(replace(phone, ' ', ''), '-', ''));

-- What is done with a held deposit: captures, releases, and refunds out of
-- captures. rest is what a capture releases with it.
CREATE TABLE steps (
  id           INTEGER PRIMARY KEY,
  deposit_id   INTEGER NOT NULL REFERENCES deposits (id),
  kind         TEXT    NOT NULL CHECK (kind IN ('capture', 'release', 'refund')),
  intent       TEXT    NOT NULL UNIQUE CHECK (intent <> ''),
  number       TEXT    NOT NULL UNIQUE CHECK (number <> ''),
  trade_no     TEXT    NOT NULL,
  amount       INTEGER NOT NULL CHECK (amount > 0),
  release_rest INTEGER NOT NULL CHECK (release_rest IN (0, 1)),
  rest         INTEGER NOT NULL CHECK (rest >= 0),
  of_step      INTEGER REFERENCES steps (id), -- the capture that a refund gives back from
  refunded     INTEGER NOT NULL CHECK (refunded BETWEEN 0 AND amount),
  state        TEXT    NOT NULL CHECK (state IN ('created', 'unknown', 'done', 'refused')),
  why          TEXT    NOT NULL,
  code         TEXT    NOT NULL,
  reason       TEXT    NOT NULL,
  staff_id     INTEGER NOT NULL REFERENCES staff (id),
  day          TEXT    NOT NULL CHECK (day GLOB '????-??-??'),
  created_at   INTEGER NOT NULL,
  ended_at     INTEGER NOT NULL,
  tries        INTEGER NOT NULL CHECK (tries >= 0),
  CHECK (kind = 'capture' OR (trade_no = '' AND release_rest = 0 AND refunded = 0)),
  CHECK (rest = 0 OR release_rest = 1),
  CHECK (refunded = 0 OR state = 'done'),
  CHECK ((kind = 'refund') = (of_step IS NOT NULL))
) STRICT;

CREATE INDEX steps_deposit ON steps (deposit_id);
CREATE INDEX steps_open ON steps (deposit_id) WHERE state IN ('created', 'unknown');
CREATE INDEX steps_trade_no ON steps (trade_no) WHERE trade_no <> '';

-- The timeline of a deposit, kept together by deposit.
CREATE TABLE deposit_events (
  deposit_id INTEGER NOT NULL REFERENCES deposits (id),
  n          INTEGER NOT NULL CHECK (n > 0),
  step_id    INTEGER NOT NULL, -- 0: the hold, or the deposit as a whole
  at         INTEGER NOT NULL,
  kind       TEXT    NOT NULL CHECK (kind <> ''),
  detail     TEXT    NOT NULL,
  amount     INTEGER NOT NULL,
  PRIMARY KEY (deposit_id, n)
) STRICT, WITHOUT ROWID;

-- What the journal's rows about deposits sum up to, apart from sales. What was
-- still held before a day is the sum of all days before it.
CREATE TABLE deposit_days (
  day      TEXT    NOT NULL,
  channel  TEXT    NOT NULL,
  takes    INTEGER NOT NULL,
  taken    INTEGER NOT NULL,
  captures INTEGER NOT NULL,
  captured INTEGER NOT NULL,
  releases INTEGER NOT NULL,
  released INTEGER NOT NULL,
  refunds  INTEGER NOT NULL,
  refunded INTEGER NOT NULL,
  PRIMARY KEY (day, channel)
) STRICT, WITHOUT ROWID;

-- A journal row about a deposit says what it added to the deposit's sums, and
-- what was still held after it. In rows about anything else all of it is 0,
-- and their hashes know nothing of these columns.
ALTER TABLE journal ADD COLUMN deposit_id   INTEGER NOT NULL DEFAULT 0 CHECK (deposit_id = 0 OR sale_id = 0);
ALTER TABLE journal ADD COLUMN step_id      INTEGER NOT NULL DEFAULT 0 CHECK (step_id = 0 OR deposit_id <> 0);
ALTER TABLE journal ADD COLUMN held         INTEGER NOT NULL DEFAULT 0;
ALTER TABLE journal ADD COLUMN captured     INTEGER NOT NULL DEFAULT 0;
ALTER TABLE journal ADD COLUMN released     INTEGER NOT NULL DEFAULT 0;
ALTER TABLE journal ADD COLUMN given_back   INTEGER NOT NULL DEFAULT 0;
ALTER TABLE journal ADD COLUMN deposit_left INTEGER NOT NULL DEFAULT 0 CHECK (deposit_left >= 0);

-- The queue of papers, with those of deposits. copy is 0 for a deposit's slip,
-- the step's id for the slip of a step and for its opening of the drawer, a
-- count for reprints.
CREATE TABLE print_jobs_2 (
  id         INTEGER PRIMARY KEY,
  kind       TEXT    NOT NULL CHECK (kind IN ('receipt', 'reprint', 'refund', 'deposit', 'checkout', 'drawer', 'test')),
  sale_id    INTEGER REFERENCES sales (id), -- NULL for a test page, the drawer alone, or a deposit's paper
  refund_id  INTEGER REFERENCES refunds (id),
  copy       INTEGER NOT NULL,
  state      TEXT    NOT NULL CHECK (state IN ('queued', 'sending', 'done', 'stuck', 'skipped')),
  tries      INTEGER NOT NULL CHECK (tries >= 0),
  drawer     INTEGER NOT NULL CHECK (drawer IN (0, 1)),
  created_at INTEGER NOT NULL,
  not_before INTEGER NOT NULL,
  ended_at   INTEGER NOT NULL,
  last_error TEXT    NOT NULL,
  deposit_id INTEGER REFERENCES deposits (id),
  step_id    INTEGER REFERENCES steps (id),
  UNIQUE (sale_id, kind, copy),
  CHECK (sale_id IS NULL OR deposit_id IS NULL),
  CHECK (sale_id IS NOT NULL OR deposit_id IS NOT NULL OR kind IN ('drawer', 'test')),
  CHECK (step_id IS NULL OR deposit_id IS NOT NULL),
  CHECK (refund_id IS NULL OR sale_id IS NOT NULL),
  CHECK (CASE kind WHEN 'refund' THEN refund_id IS NOT NULL OR step_id IS NOT NULL WHEN 'deposit' THEN deposit_id IS NOT NULL AND step_id IS NULL
    WHEN 'checkout' THEN step_id IS NOT NULL ELSE 1 END)
) STRICT;

INSERT INTO print_jobs_2 SELECT *, NULL, NULL FROM print_jobs ORDER BY id;
DROP TABLE print_jobs;
ALTER TABLE print_jobs_2 RENAME TO print_jobs;
CREATE INDEX print_jobs_left ON print_jobs (id) WHERE state IN ('queued', 'sending', 'stuck');
CREATE UNIQUE INDEX print_jobs_deposit ON print_jobs (deposit_id, kind, copy) WHERE deposit_id IS NOT NULL;

-- Sales keep out of the numbers of deposits.
CREATE TRIGGER sales_number BEFORE INSERT ON sales WHEN NEW.id > 49999999
  BEGIN SELECT RAISE(ABORT, 'this number belongs to deposits'); END;

CREATE TRIGGER deposit_events_no_update BEFORE UPDATE ON deposit_events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER deposit_events_no_delete BEFORE DELETE ON deposit_events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER deposit_events_at_end BEFORE INSERT ON deposit_events
  WHEN NEW.n <> (SELECT coalesce(max(n), 0) + 1 FROM deposit_events WHERE deposit_id = NEW.deposit_id)
  BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;

-- Records are never deleted, what was agreed when they were made stays, and
-- what was booked never shrinks.
CREATE TRIGGER deposits_no_delete BEFORE DELETE ON deposits BEGIN SELECT RAISE(ABORT, 'deposits are never deleted'); END;
CREATE TRIGGER deposits_fixed BEFORE UPDATE OF id, day, created_at, staff_id, intent, channel, method, wallet, out_order_no, request_no, masked_code,
    amount, tendered, change, room, guest, phone, nights, remark ON deposits
  BEGIN SELECT RAISE(ABORT, 'this column of a deposit never changes'); END;
CREATE TRIGGER deposits_grow BEFORE UPDATE OF held, captured, released, refunded ON deposits
  WHEN NEW.held < OLD.held OR NEW.captured < OLD.captured OR NEW.released < OLD.released OR NEW.refunded < OLD.refunded
  BEGIN SELECT RAISE(ABORT, 'what was booked of a deposit never shrinks'); END;

CREATE TRIGGER steps_no_delete BEFORE DELETE ON steps BEGIN SELECT RAISE(ABORT, 'steps are never deleted'); END;
CREATE TRIGGER steps_fixed BEFORE UPDATE OF id, deposit_id, kind, intent, number, amount, release_rest, of_step, reason, staff_id, day, created_at ON steps
  BEGIN SELECT RAISE(ABORT, 'this column of a step never changes'); END;
CREATE TRIGGER steps_done BEFORE UPDATE ON steps
  WHEN NEW.refunded < OLD.refunded OR (NEW.rest <> OLD.rest AND NEW.state <> 'done') OR (OLD.state = 'done' AND
    (NEW.state, NEW.trade_no, NEW.rest, NEW.why, NEW.code, NEW.ended_at) IS NOT (OLD.state, OLD.trade_no, OLD.rest, OLD.why, OLD.code, OLD.ended_at))
  BEGIN SELECT RAISE(ABORT, 'a step that is done never changes'); END;

-- A new step has to fit beside all that is done and all that is on its way.
CREATE TRIGGER steps_of_held BEFORE INSERT ON steps
  WHEN NEW.kind <> 'refund' AND NOT EXISTS (SELECT 1 FROM deposits d WHERE d.id = NEW.deposit_id AND d.hold = 'paid'
    AND d.captured + d.released + NEW.amount + NEW.rest + (SELECT coalesce(sum(amount + rest), 0) FROM steps
      WHERE deposit_id = d.id AND kind <> 'refund' AND state IN ('created', 'unknown')) <= d.held)
  BEGIN SELECT RAISE(ABORT, 'more than is held'); END;
CREATE TRIGGER steps_of_capture BEFORE INSERT ON steps
  WHEN NEW.kind = 'refund' AND NOT EXISTS (SELECT 1 FROM steps c WHERE c.id = NEW.of_step AND c.deposit_id = NEW.deposit_id AND c.kind = 'capture' AND c.state = 'done'
    AND c.refunded + NEW.amount + (SELECT coalesce(sum(amount), 0) FROM steps
      WHERE deposit_id = c.deposit_id AND of_step = c.id AND state IN ('created', 'unknown')) <= c.amount)
  BEGIN SELECT RAISE(ABORT, 'more than was captured'); END;

-- The ledger, version 3: people, shifts, the drawer, the figures of every hour,
-- and the channels' bills.
--
-- Records stay as they are and learn where they belong. Money, times and text
-- are kept as in version 1.

-- PINs are not here: their hashes lie in the vault, so that a copy of the ledger
-- cannot be searched for them. pin_after is when the next try is taken, in UTC
-- milliseconds; the tries are counted here, so that a restart forgets none.
ALTER TABLE staff ADD COLUMN may_refund INTEGER NOT NULL DEFAULT 0 CHECK (may_refund IN (0, 1));
ALTER TABLE staff ADD COLUMN active     INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1));
ALTER TABLE staff ADD COLUMN wrong_pins INTEGER NOT NULL DEFAULT 0 CHECK (wrong_pins >= 0);
ALTER TABLE staff ADD COLUMN pin_after  INTEGER NOT NULL DEFAULT 0;
CREATE UNIQUE INDEX staff_name ON staff (name) WHERE active = 1;

CREATE TRIGGER staff_new BEFORE INSERT ON staff WHEN NEW.role NOT IN ('owner', 'manager', 'clerk')
  BEGIN SELECT RAISE(ABORT, 'no such role'); END;
CREATE TRIGGER staff_role BEFORE UPDATE OF role ON staff WHEN NEW.role NOT IN ('owner', 'manager', 'clerk')
  BEGIN SELECT RAISE(ABORT, 'no such role'); END;
CREATE TRIGGER staff_no_delete BEFORE DELETE ON staff BEGIN SELECT RAISE(ABORT, 'people are never deleted'); END;
-- An owner has every right, so no right is ever lost while there is one.
CREATE TRIGGER staff_last_owner BEFORE UPDATE ON staff
  WHEN OLD.role = 'owner' AND OLD.active = 1 AND (NEW.role <> 'owner' OR NEW.active = 0)
    AND NOT EXISTS (SELECT 1 FROM staff WHERE role = 'owner' AND active = 1 AND id <> OLD.id)
  BEGIN SELECT RAISE(ABORT, 'the last owner stays'); END;

-- A shift is one filling of the drawer, from its float to its count. At most one
-- is open. Its id counts up without a gap and is the number of its Z report.
CREATE TABLE shifts (
  id         INTEGER PRIMARY KEY CHECK (id > 0),
  intent     TEXT    NOT NULL, -- '' when nobody pressed a button for it
  name       TEXT    NOT NULL,
  staff_id   INTEGER NOT NULL REFERENCES staff (id),
  day        TEXT    NOT NULL CHECK (day GLOB '????-??-??'), -- on which it was opened
  opened_at  INTEGER NOT NULL,
  float      INTEGER NOT NULL CHECK (float >= 0),
  notes      TEXT    NOT NULL, -- JSON, notes and coins of the float; '' when nobody counted it
  auto       INTEGER NOT NULL CHECK (auto IN (0, 1)), -- the first act of money opened it
  state      TEXT    NOT NULL CHECK (state IN ('open', 'closed')),
  closed_at  INTEGER NOT NULL,
  closed_by  INTEGER NOT NULL, -- 0 while open
  handed_to  INTEGER NOT NULL, -- 0: nobody
  expected   INTEGER NOT NULL, -- fen in the drawer by the ledger, before what was taken out at the close
  counted    INTEGER NOT NULL CHECK (counted >= 0),
  counts     TEXT    NOT NULL, -- JSON, notes and coins; '' when nobody counted
  taken      INTEGER NOT NULL CHECK (taken BETWEEN 0 AND counted),
  reason     TEXT    NOT NULL, -- for a difference
  CHECK (CASE state WHEN 'open' THEN closed_at = 0 AND closed_by = 0 AND handed_to = 0 AND expected = 0 AND counted = 0 AND counts = '' AND taken = 0 AND reason = ''
    ELSE closed_at > 0 AND closed_by > 0 END)
) STRICT;

CREATE UNIQUE INDEX shifts_open ON shifts (state) WHERE state = 'open';
CREATE UNIQUE INDEX shifts_intent ON shifts (intent) WHERE intent <> '';
CREATE INDEX shifts_day ON shifts (day);

CREATE TRIGGER shifts_at_end BEFORE INSERT ON shifts WHEN NEW.id <> (SELECT coalesce(max(id), 0) + 1 FROM shifts) OR NEW.state <> 'open'
  BEGIN SELECT RAISE(ABORT, 'shifts are numbered without a gap'); END;
CREATE TRIGGER shifts_no_delete BEFORE DELETE ON shifts BEGIN SELECT RAISE(ABORT, 'shifts are never deleted'); END;
CREATE TRIGGER shifts_fixed BEFORE UPDATE OF id, intent, name, staff_id, day, opened_at, float, notes, auto ON shifts
  BEGIN SELECT RAISE(ABORT, 'this column of a shift never changes'); END;
CREATE TRIGGER shifts_closed BEFORE UPDATE ON shifts WHEN OLD.state = 'closed' BEGIN SELECT RAISE(ABORT, 'a closed shift never changes'); END;

-- Cash that moved without a sale or a deposit. amount is what it did to the
-- drawer: below 0 for what went out or was missing.
CREATE TABLE cash_moves (
  id          INTEGER PRIMARY KEY,
  intent      TEXT    NOT NULL UNIQUE CHECK (intent <> ''),
  kind        TEXT    NOT NULL CHECK (kind IN ('in', 'out', 'float', 'difference')),
  shift_id    INTEGER NOT NULL REFERENCES shifts (id),
  day         TEXT    NOT NULL CHECK (day GLOB '????-??-??'),
  at          INTEGER NOT NULL,
  staff_id    INTEGER NOT NULL REFERENCES staff (id),
  approver_id INTEGER NOT NULL, -- 0: nobody had to approve
  amount      INTEGER NOT NULL CHECK (amount <> 0),
  reason      TEXT    NOT NULL,
  CHECK (CASE kind WHEN 'in' THEN amount > 0 WHEN 'out' THEN amount < 0 ELSE 1 END)
) STRICT;

CREATE INDEX cash_moves_shift ON cash_moves (shift_id);
CREATE INDEX cash_moves_day ON cash_moves (day);
CREATE TRIGGER cash_moves_no_update BEFORE UPDATE ON cash_moves BEGIN SELECT RAISE(ABORT, 'cash moves never change'); END;
CREATE TRIGGER cash_moves_no_delete BEFORE DELETE ON cash_moves BEGIN SELECT RAISE(ABORT, 'cash moves are never deleted'); END;

-- What should be in the drawer at the end of each day on which it moved.
CREATE TABLE drawer_days (
  day     TEXT    NOT NULL PRIMARY KEY,
  balance INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Whose act it was and in which shift; 0 for what is older than shifts. Money
-- counts where it was asked for, so what is settled after a shift was closed
-- still belongs to it. discount is what the merchant gave away itself and so
-- did not get (a refund: did not have to give back). A tender's day is not
-- always that of its sale: a second try may come after the cut-over.
ALTER TABLE tenders  ADD COLUMN day      TEXT    NOT NULL DEFAULT ''; -- '': the sale's
ALTER TABLE tenders  ADD COLUMN staff_id INTEGER NOT NULL DEFAULT 0; -- 0: who made the sale
ALTER TABLE tenders  ADD COLUMN shift_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE tenders  ADD COLUMN discount INTEGER NOT NULL DEFAULT 0 CHECK (discount BETWEEN 0 AND amount);
ALTER TABLE refunds  ADD COLUMN shift_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE refunds  ADD COLUMN discount INTEGER NOT NULL DEFAULT 0 CHECK (discount BETWEEN 0 AND amount);
ALTER TABLE deposits ADD COLUMN shift_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE steps    ADD COLUMN shift_id INTEGER NOT NULL DEFAULT 0;
CREATE TRIGGER tenders_shift BEFORE UPDATE OF day, staff_id, shift_id ON tenders BEGIN SELECT RAISE(ABORT, 'this column of a tender never changes'); END;
CREATE TRIGGER refunds_shift BEFORE UPDATE OF shift_id ON refunds BEGIN SELECT RAISE(ABORT, 'this column of a refund never changes'); END;
CREATE TRIGGER deposits_shift BEFORE UPDATE OF shift_id ON deposits BEGIN SELECT RAISE(ABORT, 'this column of a deposit never changes'); END;
CREATE TRIGGER steps_shift BEFORE UPDATE OF shift_id ON steps BEGIN SELECT RAISE(ABORT, 'this column of a step never changes'); END;

-- Where a journal row counts, when that is not where it was written: '' and -1
-- stand for its own day and hour. drawer is what it did to the drawer. In rows
-- of versions 1 and 2 all of it is 0, and their hashes know nothing of it.
ALTER TABLE journal ADD COLUMN shift_id        INTEGER NOT NULL DEFAULT 0;
ALTER TABLE journal ADD COLUMN counts_on       TEXT    NOT NULL DEFAULT '';
ALTER TABLE journal ADD COLUMN counts_hour     INTEGER NOT NULL DEFAULT -1 CHECK (counts_hour BETWEEN -1 AND 23);
ALTER TABLE journal ADD COLUMN discount        INTEGER NOT NULL DEFAULT 0;
ALTER TABLE journal ADD COLUMN refund_discount INTEGER NOT NULL DEFAULT 0;
ALTER TABLE journal ADD COLUMN drawer          INTEGER NOT NULL DEFAULT 0;

-- What the journal sums up to, kept with every row of money, so that a day, a
-- month and a year are read at once however large the ledger is. hour is that
-- of the clock in Beijing. sales counts a sale where its first money came in.
-- fee is what the channels kept, by their bills, and billed how many of payments
-- and refunds have a fee that is known. It takes the place of day_totals.
CREATE TABLE figures (
  day             TEXT    NOT NULL,
  hour            INTEGER NOT NULL CHECK (hour BETWEEN 0 AND 23),
  shift_id        INTEGER NOT NULL,
  staff_id        INTEGER NOT NULL,
  channel         TEXT    NOT NULL,
  method          TEXT    NOT NULL,
  wallet          TEXT    NOT NULL,
  sales           INTEGER NOT NULL,
  payments        INTEGER NOT NULL,
  paid            INTEGER NOT NULL,
  discount        INTEGER NOT NULL,
  refunds         INTEGER NOT NULL,
  refunded        INTEGER NOT NULL,
  refund_discount INTEGER NOT NULL,
  fee             INTEGER NOT NULL,
  billed          INTEGER NOT NULL,
  PRIMARY KEY (day, hour, shift_id, staff_id, channel, method, wallet)
) STRICT, WITHOUT ROWID;
CREATE INDEX figures_shift ON figures (shift_id) WHERE shift_id <> 0;

INSERT INTO figures
  SELECT j.day, (j.at / 3600000 + 8) % 24, 0, j.staff_id, j.channel, t.method, t.wallet,
    sum(CASE WHEN j.kind IN ('paid', 'late_paid') AND j.sale_paid = j.paid THEN 1 WHEN j.kind = 'taken' AND j.sale_paid = 0 THEN -1 ELSE 0 END),
    sum(CASE WHEN j.kind IN ('paid', 'late_paid') THEN 1 WHEN j.kind = 'taken' THEN -1 ELSE 0 END),
    sum(j.paid), 0, sum(j.kind = 'refunded'), sum(j.refunded), 0, 0, 0
  FROM journal j CROSS JOIN tenders t ON t.id = j.tender_id
  WHERE j.kind IN ('paid', 'late_paid', 'taken', 'refunded')
  GROUP BY 1, 2, 4, 5, 6, 7;
DROP TABLE day_totals;

-- The same without hours, so that a year is read as fast as a month. It follows
-- figures by itself.
CREATE TABLE figure_days (
  day             TEXT    NOT NULL,
  shift_id        INTEGER NOT NULL,
  staff_id        INTEGER NOT NULL,
  channel         TEXT    NOT NULL,
  method          TEXT    NOT NULL,
  wallet          TEXT    NOT NULL,
  sales           INTEGER NOT NULL,
  payments        INTEGER NOT NULL,
  paid            INTEGER NOT NULL,
  discount        INTEGER NOT NULL,
  refunds         INTEGER NOT NULL,
  refunded        INTEGER NOT NULL,
  refund_discount INTEGER NOT NULL,
  fee             INTEGER NOT NULL,
  billed          INTEGER NOT NULL,
  PRIMARY KEY (day, shift_id, staff_id, channel, method, wallet)
) STRICT, WITHOUT ROWID;
INSERT INTO figure_days
  SELECT day, shift_id, staff_id, channel, method, wallet, sum(sales), sum(payments), sum(paid), sum(discount), sum(refunds), sum(refunded), sum(refund_discount),
    sum(fee), sum(billed)
  FROM figures GROUP BY 1, 2, 3, 4, 5, 6;
CREATE TRIGGER figures_new AFTER INSERT ON figures BEGIN
  INSERT INTO figure_days VALUES (NEW.day, NEW.shift_id, NEW.staff_id, NEW.channel, NEW.method, NEW.wallet,
      NEW.sales, NEW.payments, NEW.paid, NEW.discount, NEW.refunds, NEW.refunded, NEW.refund_discount, NEW.fee, NEW.billed)
    ON CONFLICT (day, shift_id, staff_id, channel, method, wallet) DO UPDATE SET sales = sales + excluded.sales, payments = payments + excluded.payments,
      paid = paid + excluded.paid, discount = discount + excluded.discount, refunds = refunds + excluded.refunds,
      refunded = refunded + excluded.refunded, refund_discount = refund_discount + excluded.refund_discount,
      fee = fee + excluded.fee, billed = billed + excluded.billed;
END;
CREATE TRIGGER figures_more AFTER UPDATE ON figures BEGIN
  UPDATE figure_days SET sales = sales + NEW.sales - OLD.sales, payments = payments + NEW.payments - OLD.payments, paid = paid + NEW.paid - OLD.paid,
      discount = discount + NEW.discount - OLD.discount, refunds = refunds + NEW.refunds - OLD.refunds, refunded = refunded + NEW.refunded - OLD.refunded,
      refund_discount = refund_discount + NEW.refund_discount - OLD.refund_discount, fee = fee + NEW.fee - OLD.fee, billed = billed + NEW.billed - OLD.billed
    WHERE day = NEW.day AND shift_id = NEW.shift_id AND staff_id = NEW.staff_id AND channel = NEW.channel AND method = NEW.method AND wallet = NEW.wallet;
END;

-- The same for deposits, now by shift as well. What was still held before a day
-- is the sum of all days before it. billed counts captures and refunds.
CREATE TABLE deposit_figures (
  day      TEXT    NOT NULL,
  shift_id INTEGER NOT NULL,
  channel  TEXT    NOT NULL,
  takes    INTEGER NOT NULL,
  taken    INTEGER NOT NULL,
  captures INTEGER NOT NULL,
  captured INTEGER NOT NULL,
  releases INTEGER NOT NULL,
  released INTEGER NOT NULL,
  refunds  INTEGER NOT NULL,
  refunded INTEGER NOT NULL,
  fee      INTEGER NOT NULL,
  billed   INTEGER NOT NULL,
  PRIMARY KEY (day, shift_id, channel)
) STRICT, WITHOUT ROWID;
CREATE INDEX deposit_figures_shift ON deposit_figures (shift_id) WHERE shift_id <> 0;
INSERT INTO deposit_figures SELECT day, 0, channel, takes, taken, captures, captured, releases, released, refunds, refunded, 0, 0 FROM deposit_days;
DROP TABLE deposit_days;

-- Z reports: what a shift or a business day came to when it was closed, as it
-- was then, for ever. number counts up within its kind without a gap. head_seq
-- and head_hash are the journal's last row before the report's own.
CREATE TABLE z_reports (
  id        INTEGER PRIMARY KEY,
  kind      TEXT    NOT NULL CHECK (kind IN ('shift', 'day')),
  number    INTEGER NOT NULL CHECK (number > 0),
  day       TEXT    NOT NULL CHECK (day GLOB '????-??-??'),
  shift_id  INTEGER REFERENCES shifts (id), -- NULL for a day's
  made_at   INTEGER NOT NULL,
  staff_id  INTEGER NOT NULL, -- 0: made by itself
  head_seq  INTEGER NOT NULL,
  head_hash BLOB    NOT NULL,
  content   TEXT    NOT NULL CHECK (content <> ''), -- JSON of the report
  UNIQUE (kind, number),
  CHECK ((kind = 'shift') = (shift_id IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX z_reports_day ON z_reports (day) WHERE kind = 'day';
CREATE INDEX z_reports_days ON z_reports (day);
CREATE UNIQUE INDEX z_reports_shift ON z_reports (shift_id) WHERE kind = 'shift';
CREATE TRIGGER z_reports_at_end BEFORE INSERT ON z_reports WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM z_reports WHERE kind = NEW.kind)
  BEGIN SELECT RAISE(ABORT, 'Z reports are numbered without a gap'); END;
CREATE TRIGGER z_reports_no_update BEFORE UPDATE ON z_reports BEGIN SELECT RAISE(ABORT, 'Z reports never change'); END;
CREATE TRIGGER z_reports_no_delete BEFORE DELETE ON z_reports BEGIN SELECT RAISE(ABORT, 'Z reports are never deleted'); END;

-- The queue of papers, with reports. A Z report is printed from its record; an
-- X report carries what it says, so that it prints what was asked for however
-- late the printer wakes up. copy is 0 for the paper that is made by itself.
CREATE TABLE print_jobs_3 (
  id         INTEGER PRIMARY KEY,
  kind       TEXT    NOT NULL CHECK (kind IN ('receipt', 'reprint', 'refund', 'deposit', 'checkout', 'drawer', 'test', 'x', 'z')),
  sale_id    INTEGER REFERENCES sales (id), -- NULL for a report, a test page, the drawer alone, or a deposit's paper
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
  z_id       INTEGER REFERENCES z_reports (id),
  content    TEXT    NOT NULL, -- JSON of an X report; '' for every other paper
  UNIQUE (sale_id, kind, copy),
  CHECK ((sale_id IS NOT NULL) + (deposit_id IS NOT NULL) + (z_id IS NOT NULL) <= 1),
  CHECK (sale_id IS NOT NULL OR deposit_id IS NOT NULL OR kind IN ('drawer', 'test', 'x', 'z')),
  CHECK (step_id IS NULL OR deposit_id IS NOT NULL),
  CHECK (refund_id IS NULL OR sale_id IS NOT NULL),
  CHECK ((kind = 'z') = (z_id IS NOT NULL)),
  CHECK ((kind = 'x') = (content <> '')),
  CHECK (CASE kind WHEN 'refund' THEN refund_id IS NOT NULL OR step_id IS NOT NULL WHEN 'deposit' THEN deposit_id IS NOT NULL AND step_id IS NULL
    WHEN 'checkout' THEN step_id IS NOT NULL ELSE 1 END)
) STRICT;

INSERT INTO print_jobs_3 SELECT *, NULL, '' FROM print_jobs ORDER BY id;
DROP TABLE print_jobs;
ALTER TABLE print_jobs_3 RENAME TO print_jobs;
CREATE INDEX print_jobs_left ON print_jobs (id) WHERE state IN ('queued', 'sending', 'stuck');
CREATE UNIQUE INDEX print_jobs_deposit ON print_jobs (deposit_id, kind, copy) WHERE deposit_id IS NOT NULL;
CREATE UNIQUE INDEX print_jobs_z ON print_jobs (z_id, copy) WHERE z_id IS NOT NULL;

-- What a shift took and gave back, and what was given back on a day, are looked
-- for when a person asks what a figure is made of.
CREATE INDEX tenders_shift ON tenders (shift_id) WHERE shift_id <> 0;
CREATE INDEX refunds_shift ON refunds (shift_id) WHERE shift_id <> 0;
CREATE INDEX refunds_day ON refunds (day);

-- The sales behind a figure are counted from figures, which know what was paid.
-- What they do not say is found by these: sales whose first tender brought
-- nothing, and later tenders, which alone may be of another day than their sale.
-- None of it is written when a sale is paid at once.
CREATE INDEX tenders_later ON tenders (day, sale_id) WHERE attempt > 1;
CREATE INDEX tenders_again ON tenders (sale_id) WHERE attempt > 1;
CREATE INDEX tenders_ended ON tenders (sale_id) WHERE attempt = 1 AND state IN ('failed', 'closed', 'reversed');

-- Figures of versions 1 and 2 count money where it was confirmed, not where it
-- was asked for. Added to figures, these rows say what the tenders say. Nothing
-- is ever added to them: what moves later counts where its tender says.
CREATE TABLE figures_apart (
  day      TEXT    NOT NULL,
  hour     INTEGER NOT NULL,
  staff_id INTEGER NOT NULL,
  channel  TEXT    NOT NULL,
  method   TEXT    NOT NULL,
  wallet   TEXT    NOT NULL,
  payments INTEGER NOT NULL,
  paid     INTEGER NOT NULL,
  PRIMARY KEY (day, hour, staff_id, channel, method, wallet)
) STRICT, WITHOUT ROWID;
INSERT INTO figures_apart
  SELECT day, hour, staff_id, channel, method, wallet, sum(payments), sum(paid) FROM (
    SELECT s.day, (t.created_at / 3600000 + 8) % 24 hour, s.staff_id, t.channel, t.method, t.wallet, 1 payments, t.amount paid
      FROM tenders t CROSS JOIN sales s ON s.id = t.sale_id WHERE t.state = 'paid'
    UNION ALL SELECT day, hour, staff_id, channel, method, wallet, -payments, -paid FROM figures)
  GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(payments) <> 0 OR sum(paid) <> 0;

-- Open refunds are looked for by day and by shift.
CREATE INDEX refunds_asked ON refunds (day, shift_id) WHERE state IN ('created', 'unknown');

-- Remarks, cut into pairs of neighbouring characters, so that any part of a
-- remark is found at once. rowid is the sale's id.
CREATE VIRTUAL TABLE remark_search USING fts5 (pairs, content = '', columnsize = 0, detail = full, tokenize = "unicode61 remove_diacritics 0");

-- Sales from before there was remark_search that are not in it yet. The program
-- works through them after it has opened the ledger.
CREATE TABLE remarks_left (sale_id INTEGER PRIMARY KEY) STRICT;
INSERT INTO remarks_left SELECT id FROM sales WHERE remark <> '';

-- What the sales of each day sum up to, by the day of the sale and not of its
-- money, so that the list of everything is counted and any page of it found at
-- once. It follows sales and refunds by itself.
CREATE TABLE sale_days (
  day        TEXT    NOT NULL PRIMARY KEY,
  sales      INTEGER NOT NULL,
  with_money INTEGER NOT NULL, -- those of which something is paid
  paid       INTEGER NOT NULL,
  refunds    INTEGER NOT NULL, -- done
  refunded   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO sale_days SELECT day, count(*), sum(paid > 0), sum(paid), 0, sum(refunded) FROM sales GROUP BY day;
UPDATE sale_days SET refunds = c.n
  FROM (SELECT s.day, count(*) n FROM refunds r CROSS JOIN sales s ON s.id = r.sale_id WHERE r.state = 'done' GROUP BY s.day) c WHERE c.day = sale_days.day;
CREATE TRIGGER sales_new AFTER INSERT ON sales BEGIN
  INSERT INTO sale_days VALUES (NEW.day, 1, NEW.paid > 0, NEW.paid, 0, NEW.refunded)
    ON CONFLICT (day) DO UPDATE SET sales = sales + 1, with_money = with_money + excluded.with_money, paid = paid + excluded.paid, refunded = refunded + excluded.refunded;
END;
CREATE TRIGGER sales_money AFTER UPDATE OF paid, refunded ON sales WHEN NEW.paid <> OLD.paid OR NEW.refunded <> OLD.refunded BEGIN
  UPDATE sale_days SET with_money = with_money + (NEW.paid > 0) - (OLD.paid > 0), paid = paid + NEW.paid - OLD.paid, refunded = refunded + NEW.refunded - OLD.refunded
    WHERE day = NEW.day;
END;
CREATE TRIGGER refunds_done AFTER UPDATE OF state ON refunds WHEN NEW.state = 'done' AND OLD.state <> 'done' BEGIN
  UPDATE sale_days SET refunds = refunds + 1 WHERE day = (SELECT day FROM sales WHERE id = NEW.sale_id);
END;

-- What a channel booked on a calendar day in Beijing, for the whole merchant.
-- A bill is only ever replaced as a whole: it is opened, its lines change, and
-- it is kept with their number and their hash, all in one transaction.
CREATE TABLE bills (
  id       INTEGER PRIMARY KEY CHECK (id > 0),
  channel  TEXT    NOT NULL CHECK (channel NOT IN ('', 'cash')),
  day      TEXT    NOT NULL CHECK (day GLOB '????-??-??'),
  read_at  INTEGER NOT NULL,
  staff_id INTEGER NOT NULL, -- 0: read by itself
  lines    INTEGER NOT NULL CHECK (lines BETWEEN 0 AND 999999),
  hash     TEXT    NOT NULL, -- SHA-256 of the lines, hex
  state    TEXT    NOT NULL CHECK (state IN ('changing', 'kept')),
  UNIQUE (channel, day),
  CHECK (state = 'changing' OR length(hash) = 64)
) STRICT;

-- A line's id is its bill's id * 1,000,000 + its place, from 1 on, so the lines
-- of a bill need no index. till is the one that made the order number; 0 for
-- none. Whose order it is, and which refund or step of it, is 0 where the ledger
-- knows of none: sale_id and tender_id go together, as do deposit_id and its
-- step_id. A payment's own line names its tender alone.
CREATE TABLE bill_lines (
  id         INTEGER PRIMARY KEY CHECK (id % 1000000 > 0),
  kind       TEXT    NOT NULL CHECK (kind IN ('payment', 'refund', 'reversal')),
  order_no   TEXT    NOT NULL CHECK (order_no <> ''),
  refund_no  TEXT    NOT NULL CHECK (refund_no = '' OR kind = 'refund'),
  trade_no   TEXT    NOT NULL,
  wallet     TEXT    NOT NULL,
  amount     INTEGER NOT NULL CHECK (amount > 0),
  discount   INTEGER NOT NULL,
  fee        INTEGER NOT NULL CHECK (fee = 0 OR fee_known = 1),
  fee_known  INTEGER NOT NULL CHECK (fee_known IN (0, 1)),
  at         INTEGER NOT NULL,
  till       INTEGER NOT NULL CHECK (till BETWEEN 0 AND 99),
  sale_id    INTEGER NOT NULL,
  tender_id  INTEGER NOT NULL CHECK ((tender_id = 0) = (sale_id = 0)),
  refund_id  INTEGER NOT NULL CHECK (refund_id = 0 OR (tender_id <> 0 AND kind = 'refund')),
  deposit_id INTEGER NOT NULL CHECK (deposit_id = 0 OR sale_id = 0),
  step_id    INTEGER NOT NULL CHECK (step_id = 0 OR deposit_id <> 0)
) STRICT;

CREATE INDEX bill_lines_sale ON bill_lines (sale_id) WHERE sale_id <> 0;
CREATE INDEX bill_lines_deposit ON bill_lines (deposit_id) WHERE deposit_id <> 0;
-- Lines that belong to no payment, refund or step, as far as they alone tell.
CREATE INDEX bill_lines_alone ON bill_lines (at) WHERE refund_id = 0 AND step_id = 0 AND (tender_id = 0 OR kind = 'refund');

CREATE TRIGGER bills_new BEFORE INSERT ON bills WHEN NEW.state <> 'changing' OR NEW.id <> (SELECT coalesce(max(id), 0) + 1 FROM bills)
  BEGIN SELECT RAISE(ABORT, 'bills are numbered without a gap'); END;
CREATE TRIGGER bills_no_delete BEFORE DELETE ON bills BEGIN SELECT RAISE(ABORT, 'bills are never deleted'); END;
CREATE TRIGGER bills_fixed BEFORE UPDATE OF id, channel, day ON bills BEGIN SELECT RAISE(ABORT, 'this column of a bill never changes'); END;
CREATE TRIGGER bills_whole BEFORE UPDATE ON bills
  WHEN NEW.state = OLD.state OR NEW.state = 'changing' AND (NEW.read_at, NEW.staff_id, NEW.lines, NEW.hash) IS NOT (OLD.read_at, OLD.staff_id, OLD.lines, OLD.hash)
    OR NEW.state = 'kept' AND NEW.lines <> (SELECT count(*) FROM bill_lines WHERE id BETWEEN NEW.id * 1000000 AND NEW.id * 1000000 + 999999)
  BEGIN SELECT RAISE(ABORT, 'a bill changes as a whole'); END;
CREATE TRIGGER bill_lines_new BEFORE INSERT ON bill_lines WHEN NOT EXISTS (SELECT 1 FROM bills WHERE id = NEW.id / 1000000 AND state = 'changing')
  BEGIN SELECT RAISE(ABORT, 'a bill changes as a whole'); END;
CREATE TRIGGER bill_lines_gone BEFORE DELETE ON bill_lines WHEN NOT EXISTS (SELECT 1 FROM bills WHERE id = OLD.id / 1000000 AND state = 'changing')
  BEGIN SELECT RAISE(ABORT, 'a bill changes as a whole'); END;
CREATE TRIGGER bill_lines_fixed BEFORE UPDATE OF id, kind, order_no, refund_no, trade_no, wallet, amount, discount, fee, fee_known, at, till, sale_id, tender_id, deposit_id ON bill_lines
  BEGIN SELECT RAISE(ABORT, 'this column of a line never changes'); END;

-- The calendar days in Beijing on which money of a channel moved, as far as the
-- ledger can tell: ten minutes of grace around midnight, and all days from when
-- something was asked for until it was known, where the channel did not say.
CREATE TABLE money_days (
  channel TEXT NOT NULL,
  day     TEXT NOT NULL,
  PRIMARY KEY (channel, day)
) STRICT, WITHOUT ROWID;
INSERT INTO money_days
  WITH RECURSIVE moved (channel, a, b) AS (
      SELECT channel, CASE paid_at WHEN 0 THEN created_at ELSE paid_at END, CASE WHEN state = 'paid' AND paid_at <> 0 THEN paid_at ELSE ended_at END
        FROM tenders WHERE channel <> 'cash' AND state IN ('paid', 'reversed')
      UNION ALL SELECT t.channel, r.created_at, r.ended_at FROM refunds r CROSS JOIN tenders t ON t.id = r.tender_id WHERE t.channel <> 'cash' AND r.state = 'done'
      UNION ALL SELECT d.channel, s.created_at, s.ended_at FROM steps s CROSS JOIN deposits d ON d.id = s.deposit_id
        WHERE d.channel <> 'cash' AND s.kind <> 'release' AND s.state = 'done'),
    days (channel, n, last) AS (
      SELECT channel, (max(min(a, b), max(a, b) - 31 * 86400000) - 600000 + 28800000) / 86400000, (max(a, b) + 600000 + 28800000) / 86400000 FROM moved
      UNION SELECT channel, n + 1, last FROM days WHERE n < last)
  SELECT DISTINCT channel, date(n * 86400, 'unixepoch') FROM days;
CREATE TRIGGER money_days_no_update BEFORE UPDATE ON money_days BEGIN SELECT RAISE(ABORT, 'money moved on this day'); END;
CREATE TRIGGER money_days_no_delete BEFORE DELETE ON money_days BEGIN SELECT RAISE(ABORT, 'money moved on this day'); END;

-- What counts on a business day is compared with the bills.
CREATE INDEX steps_day ON steps (day);
-- Where something older than shifts counts, only its journal row says.
CREATE INDEX journal_old_sales ON journal (sale_id) WHERE shift_id = 0 AND sale_id <> 0;
CREATE INDEX journal_old_deposits ON journal (deposit_id) WHERE shift_id = 0 AND deposit_id <> 0;

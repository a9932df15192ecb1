-- Saved searches that tell when something new answers them (store/model/mail.h).

ALTER TABLE subscriptions ADD COLUMN kind INTEGER NOT NULL DEFAULT 0;
ALTER TABLE subscriptions ADD COLUMN channel INTEGER NOT NULL DEFAULT 0;
ALTER TABLE subscriptions ADD COLUMN told_change INTEGER NOT NULL DEFAULT 0;
ALTER TABLE subscriptions ADD COLUMN threshold INTEGER NOT NULL DEFAULT 1;
ALTER TABLE subscriptions ADD COLUMN quiet INTEGER NOT NULL DEFAULT 3600;
ALTER TABLE subscriptions ADD COLUMN secret TEXT NOT NULL DEFAULT '';

-- Until now what was told went by the clock alone.
UPDATE subscriptions SET told_change = (SELECT ifnull(max(seq), 0) FROM changes);

CREATE INDEX subscriptions_by_address ON subscriptions (address);
CREATE INDEX outgoing_by_subscription ON outgoing (subscription_id);

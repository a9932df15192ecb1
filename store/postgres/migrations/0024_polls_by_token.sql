-- needs 2
-- A hub calls a subscription back by a token that is made from its secret (store/model/poll.h). An
-- index over what the token is made of, and no column: older programs keep it right.
CREATE INDEX polls_by_token ON polls ((
  left(encode(sha256(decode('callback' || chr(10) || replace(hub_secret, '\', '\\'), 'escape')), 'hex'), 32)
)) WHERE hub_secret <> '';

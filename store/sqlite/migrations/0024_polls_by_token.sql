-- Which polls a hub may call back (store/model/poll.h): their tokens are worked out by the program.
CREATE INDEX polls_with_secret ON polls (hub_secret) WHERE hub_secret <> '';

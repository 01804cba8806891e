;; error: no clause of `cond-expand` applies
;; status: 65
(import (scheme base))
(cond-expand (no-such-feature 1))

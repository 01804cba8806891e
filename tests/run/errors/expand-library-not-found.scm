;; error: library (no such thing) not found
;; error: run/errors/no/such/thing.sld
;; error: run/errors/no/such/thing.scm
;; error: KESTREL_PATH
;; error: library (scheme bas) not found
;; error: did you mean (scheme base)?
;; status: 65
(import (no such thing) (scheme bas))

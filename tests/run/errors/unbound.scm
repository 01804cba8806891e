;; error: vector-lenght
;; error: vector-length
;; error: unbound.scm:6:2
;; status: 65
(import (scheme base))
(vector-lenght #(1 2 3))

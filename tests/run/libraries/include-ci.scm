(import (scheme base))
(include-ci "support/defs.scm")
(included-procedure 1)
;; value: (1 5)

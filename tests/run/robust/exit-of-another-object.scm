;; status: 1
(import (scheme base) (scheme process-context))
(exit 'an-object)

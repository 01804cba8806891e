;; status: 255
(import (scheme base) (scheme process-context))
(exit 256)

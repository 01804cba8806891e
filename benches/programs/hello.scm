;; What starting and stopping costs. Input: none.

(import (scheme base) (scheme write))

(write 'hello)
(newline)

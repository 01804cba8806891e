;; R7RS 6.12 and 6.14: environments and evaluation, system interface
(import (scheme base) (scheme process-context) (scheme time) (scheme file) (scheme lazy))

; 6.14
(list? (command-line)) => #t
(map string? (command-line)) => (#t)
(string? (get-environment-variable "PATH")) => #t
(get-environment-variable "NO_SUCH_VARIABLE_HERE") => #f
(get-environment-variable 5) => error
(list? (get-environment-variables)) => #t
(let ((l (get-environment-variables))) (and (pair? l) (pair? (car l)) (string? (caar l)) (string? (cdar l)))) => #t
(equal? (cdr (assoc "PATH" (get-environment-variables))) (get-environment-variable "PATH")) => #t
(real? (current-second)) => #t
(inexact? (current-second)) => #t
(> (current-second) 1500000000) => #t
(exact-integer? (current-jiffy)) => #t
(exact-integer? (jiffies-per-second)) => #t
(positive? (jiffies-per-second)) => #t
(let* ((a (current-jiffy)) (b (current-jiffy))) (<= a b)) => #t
(= (jiffies-per-second) (jiffies-per-second)) => #t
(let* ((a (current-second)) (b (current-second))) (<= a b)) => #t
(list? (features)) => #t
(pair? (memq 'r7rs (features))) => #t
(pair? (memq 'full-unicode (features))) => #t
(pair? (memq 'ratios (features))) => #t
(pair? (memq 'exact-closed (features))) => #t
(let loop ((l (features))) (or (null? l) (and (symbol? (car l)) (loop (cdr l))))) => #t
(current-second 1) => error
(current-jiffy 1) => error
(features 1) => error
(procedure? exit) => #t
(procedure? emergency-exit) => #t
(get-environment-variable "") => #f
(get-environment-variable "NO=SUCH") => #f
(get-environment-variable) => error
(get-environment-variable "A" "B") => error
(get-environment-variables 1) => error
(command-line 1) => error
(jiffies-per-second 1) => error
(exit 1 2) => error
(emergency-exit 1 2) => error
(rational? (current-second)) => #t
(exact? (jiffies-per-second)) => #t
(let* ((a (current-jiffy)) (b (current-jiffy))) (>= (- b a) 0)) => #t
(map (lambda (name) (pair? (memq name (features)))) '(r7rs exact-closed exact-complex ieee-float full-unicode ratios)) => (#t #t #t #t #t #t)
(eq? (cond-expand (r7rs 'yes) (else 'no)) 'yes) => #t
(cond-expand (no-such-feature 1) ((and r7rs full-unicode) 2) (else 3)) => 2
(cond-expand ((library (scheme process-context)) 'here) (else 'not)) => here
(cond-expand ((library (no such library)) 'here) (else 'not)) => not
(cond-expand ((not no-such-feature) 'not) (else 'so)) => not
(cond-expand ((or no-such-feature r7rs) 'one) (else 'none)) => one

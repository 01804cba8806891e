;; 3.5: a call in a tail position takes no memory, however often; ten million of each kind
;; output: (ok ok ok ok ok ok ok ok ok ok ok ok ok ok ok ok ok ok ok ok ok)
;; options: --max-heap 64M
;; compiled: two hundred million calls; tail-calls.scm is for both executors
(import (scheme base) (scheme case-lambda) (scheme lazy) (scheme write))
(define n 10000000)
;; Each loop calls itself through the procedure that it is given, so that no optimiser makes an ordinary loop of it.
(define (again f i) (f (- i 1)))
(define-syntax loops
  (syntax-rules ()
    ((_ ((f i) tail-call) ...) (list (let () (define (f i) tail-call) (f n)) ...))))
(write
 (loops
  ((f i) (if (= i 0) 'ok (again f i)))
  ((f i) (cond ((= i 0) 'ok) ((< i 0) 'no) ((odd? i) (again f i)) (else (again f i))))
  ((f i) (cond ((= i 0) 'ok) ((- i 1) => f)))
  ((f i) (case i ((0) 'ok) ((1 3 5) (again f i)) (else (again f i))))
  ((f i) (case i ((0) 'ok) ((1 3 5) => (lambda (i) (again f i))) (else => (lambda (i) (again f i)))))
  ((f i) (and #t (if (= i 0) 'ok #t) (or (and (= i 0) 'ok) (again f i))))
  ((f i) (when #t (unless (= i 0) 'x) (or (and (= i 0) 'ok) (again f i))))
  ((f i) (unless (< i 0) (if (= i 0) 'ok (again f i))))
  ((f i) (let ((j i)) (let* ((k j)) (letrec ((l 0)) (letrec* ((m k)) (if (= m 0) 'ok (again f m)))))))
  ((f i) (let-values (((a b) (values i 1))) (let*-values (((c) a)) (if (= c 0) 'ok (again f c)))))
  ((f i) (let-syntax ((do-it (syntax-rules () ((_ e) e)))) (letrec-syntax () (do-it (if (= i 0) 'ok (again f i))))))
  ((f i) (begin 1 (if (= i 0) 'ok (again f i))))
  ((f i) (do ((j 0 (+ j 1))) ((= j 1) (if (= i 0) 'ok (again f i)))))
  ((f i) (let loop ((j i)) (if (= j 0) 'ok (if (odd? j) (loop (- j 1)) (again f j)))))
  ((f i) (if (= i 0) 'ok (apply again f i '())))
  ((f i) (if (= i 0) 'ok (apply f (list (- i 1)))))
  ((f i) (if (= i 0) 'ok (call/cc (lambda (k) (again f i)))))
  ((f i) (if (= i 0) 'ok (call-with-values (lambda () (values f i)) again)))
  ((f i) (if (= i 0) 'ok ((case-lambda ((a) (f a)) ((a b) (again a b))) f i)))
  ((f i) ((lambda (x . rest) (define y x) (if (= y 0) 'ok (again f y))) i 2 3))
  ((f i) (cond-expand (full-unicode (if (= i 0) 'ok (again f i))) (else 'no)))
  ))
;; 4.2.5: a chain of delay-force is as long as you like.
(define (chain n) (delay-force (if (= n 0) (delay 'ok) (chain (- n 1)))))
(unless (eq? (force (chain n)) 'ok) (error "wrong answer"))

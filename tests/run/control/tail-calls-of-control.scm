;; 3.5, 4.2.7 and 6.10 to 6.12: no memory for tail calls in the clauses of guard, through continuations that are left, by eval, and by procedures that
;; call what they are given. In 16M, half a million frames of four words have no room.
;; output: (ok ok ok ok ok ok ok ok ok ok ok ok ok ok ok)
;; options: --max-heap 16M
;; slow: eight million calls
(import (scheme base) (scheme case-lambda) (scheme lazy) (scheme write) (scheme eval))
(define n 500000)
(define env (environment '(scheme base)))
(define (again f i) (f (- i 1)))
(define-syntax loops
  (syntax-rules ()
    ((_ ((f i) tail-call) ...) (list (let () (define (f i) tail-call) (f n)) ...))))
(write
 (loops
  ((f i) (guard (e (#t (if (= i 0) 'ok (again f i)))) (raise 'x)))
  ((f i) (guard (e ((= i 0) 'ok) ((eq? e 'x) => (lambda (t) (again f i)))) (raise 'x)))
  ((f i) (guard (e ((string? e) 'no) (else (if (= i 0) 'ok (again f i)))) (raise-continuable 'x)))
  ((f i) (if (= i 0) 'ok ((call/cc (lambda (k) (k (lambda () (again f i))))))))
  ((f i) ((call/cc (lambda (k) (with-exception-handler (lambda (e) (k (lambda () (if (= i 0) 'ok (again f i))))) (lambda () (raise 'x)))))))
  ((f i) (if (= i 0) 'ok (eval (list again f i) env)))
  ((f i) (if (= i 0) 'ok ((dynamic-wind (lambda () #f) (lambda () (lambda () (again f i))) (lambda () #f)))))
  ((f i) (call-with-values (lambda () (if (= i 0) (values 'ok) (values f i))) (case-lambda ((x) x) ((f i) (again f i)))))
  ((f i) (if (= i 0) 'ok (apply apply again f (list (list i)))))
  ((f i) (if (= i 0) 'ok (apply call/cc (list (lambda (k) (again f i))))))
  ((f i) (if (= i 0) 'ok (call-with-current-continuation (lambda (k) (apply values (list k)) (again f i)))))
  ((f i) (let () (define-values (a b) (values i 1)) (define-record-type r (mk x) r? (x rx)) (if (= a 0) 'ok (again f (rx (mk a))))))
  ((f i) (let*-values () (let-values () (letrec* () (if (= i 0) 'ok (again f i))))))
  ((f i) (let loop () (parameterize () #f) (if (= i 0) 'ok (again f i))))
  ((f i) `,(if (= i 0) 'ok (again f i)))
))

//! Immediate dominators of a small graph, by the iterative algorithm of Cooper, Harvey & Kennedy ("A simple, fast dominance
//! algorithm", 2001): near-linear on the reducible graphs that programs give.

/// Dominators and reverse postorder of a graph whose entry is node 0.
pub struct Dominators {
    idom: Vec<usize>,
    /// Position of a node in reverse postorder; `usize::MAX` for unreachable nodes.
    pub position: Vec<usize>,
    /// Reachable nodes in reverse postorder.
    pub order: Vec<usize>,
}

const NONE: usize = usize::MAX;

impl Dominators {
    /// Of the graph with these successors.
    pub fn new(succs: &[Vec<usize>]) -> Dominators {
        let order = reverse_postorder(succs);
        let mut position = vec![NONE; succs.len()];
        for (i, &n) in order.iter().enumerate() {
            position[n] = i;
        }
        let mut preds = vec![Vec::new(); succs.len()];
        for &n in &order {
            for &s in &succs[n] {
                preds[s].push(n);
            }
        }
        let mut idom = vec![NONE; succs.len()];
        if let Some(&entry) = order.first() {
            idom[entry] = entry;
        }
        let mut changed = true;
        while changed {
            changed = false;
            for &n in order.iter().skip(1) {
                let mut new = NONE;
                for &p in preds[n].iter().filter(|&&p| idom[p] != NONE) {
                    new = if new == NONE { p } else { intersect(&idom, &position, p, new) };
                }
                if idom[n] != new {
                    idom[n] = new;
                    changed = true;
                }
            }
        }
        Dominators { idom, position, order }
    }

    /// Whether the entry reaches a node.
    pub fn is_reachable(&self, n: usize) -> bool {
        self.position[n] != NONE
    }
    /// The immediate dominator of a reachable node; the entry's is itself.
    pub fn immediate(&self, n: usize) -> usize {
        self.idom[n]
    }
}

fn intersect(idom: &[usize], position: &[usize], mut a: usize, mut b: usize) -> usize {
    while a != b {
        while position[a] > position[b] {
            a = idom[a];
        }
        while position[b] > position[a] {
            b = idom[b];
        }
    }
    a
}

fn reverse_postorder(succs: &[Vec<usize>]) -> Vec<usize> {
    let mut order = Vec::new();
    let mut seen = vec![false; succs.len()];
    let mut stack = Vec::new();
    if !succs.is_empty() {
        seen[0] = true;
        stack.push((0, 0));
    }
    while let Some((n, next)) = stack.last_mut() {
        match succs[*n].get(*next) {
            Some(&s) => {
                *next += 1;
                if !seen[s] {
                    seen[s] = true;
                    stack.push((s, 0));
                }
            }
            None => {
                order.push(*n);
                stack.pop();
            }
        }
    }
    order.reverse();
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joins_and_loops() {
        // 0 -> 1, 2; 1 -> 3; 2 -> 3; 3 -> 4; 4 -> 3; 5 unreachable
        let d = Dominators::new(&[vec![1, 2], vec![3], vec![3], vec![4], vec![3], vec![0]]);
        assert_eq!((1..5).map(|n| d.immediate(n)).collect::<Vec<_>>(), [0, 0, 0, 3]);
        assert!(!d.is_reachable(5));
    }
}

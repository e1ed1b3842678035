using PosteRestante.Grains.Interfaces.Messages;
using PosteRestante.Grains.Mailbox.Head;
using PosteRestante.Grains.Mailbox.Index;
using PosteRestante.Grains.Mailbox.Operations;
using PosteRestante.Grains.Messages;

namespace PosteRestante.Grains.Tests.Operations;

public class FoldOperationTests
{
    private static readonly PageSummary[] Folded = [Page(id: 9)];

    [Fact]
    public void Fold_OfTheHeadItBeganWith_IsPublished()
    {
        var head = Head(Decision(EntryFlags.GoesLast));
        var draft = head.Draft();
        var fold = new FoldOperation(head, [Folded], head.Intents);

        fold.Apply(draft, now: 0).ShouldBeTrue();

        fold.Published.ShouldBeTrue();
        draft.Intents.ShouldBeEmpty();
        draft.Levels.Single().Single().PageId.ShouldBe(9UL);
    }

    [Fact]
    public void Fold_WhenADecisionChangedMeanwhile_LosesNothing()
    {
        var head = Head(Decision(EntryFlags.GoesLast));
        var draft = head.Draft();
        draft.Decide([Decision(EntryFlags.Delivered)]);
        var fold = new FoldOperation(head, [Folded], head.Intents);

        fold.Apply(draft, now: 0).ShouldBeFalse();

        draft.Intents.Single().After.Flags.ShouldBe(EntryFlags.Delivered);
        draft.Levels.Single().Single().PageId.ShouldBe(1UL);
    }

    [Fact]
    public void Fold_WhenPagesWereAddedMeanwhile_KeepsThem()
    {
        var head = Head(Decision(EntryFlags.GoesLast));
        var draft = head.Draft();
        draft.MoveOut(new EntryBlock(), [[.. head.Levels[0], Page(id: 2)]]);

        new FoldOperation(head, [Folded], head.Intents).Apply(draft, now: 0).ShouldBeTrue();

        draft.Levels.Single().Select(page => page.PageId).ShouldBe([9UL, 2UL]);
    }

    [Fact]
    public void Fold_WhenTheLevelWasCutMeanwhile_DoesNothing()
    {
        var head = Head(Decision(EntryFlags.GoesLast));
        var draft = head.Draft();
        draft.MoveOut(new EntryBlock(), [[Page(id: 2)], [Page(id: 3)]]);

        new FoldOperation(head, [Folded], head.Intents).Apply(draft, now: 0).ShouldBeFalse();
    }

    [Fact]
    public void Fold_AfterAnotherActivationWrote_DoesNothing()
    {
        var head = Head(Decision(EntryFlags.GoesLast));
        var draft = head.Draft();
        draft.Lineage++;

        new FoldOperation(head, [Folded], head.Intents).Apply(draft, now: 0).ShouldBeFalse();
    }

    private static MailboxHead Head(Intent intent)
    {
        var head = new MailboxHead();
        head.Restore(new EntryBlock(), [[Page(id: 1)]], [intent]);
        return head;
    }

    private static PageSummary Page(ulong id) => new() { PageId = id, FirstSequence = 1, LastSequence = 1 };

    private static Intent Decision(EntryFlags flags) => new()
    {
        Sequence = 1,
        Key = new PackedKey(1, 0),
        Paged = true,
        After = new EntryState { Flags = flags },
        Outcome = TerminalOutcome.None,
    };
}

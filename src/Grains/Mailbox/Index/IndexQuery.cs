namespace PosteRestante.Grains.Mailbox.Index;

/// <summary>What a walk through the index looks for.</summary>
internal abstract class IndexQuery
{
    /// <summary>Whether anything at or below a page can be of interest.</summary>
    public abstract bool MayHold(in PageSummary page);

    /// <summary>
    /// Looks at an entry, in commit order, as its page or the head has it: intents are not overlaid. False ends the walk.
    /// </summary>
    public abstract bool Visit(in Entry entry, bool paged);
}
